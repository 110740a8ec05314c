/** Kafka as a child process, from its published jars. */
package dev.berth.standalone.kafka;
