/**
 * Leading partitions of the log: who owns which, taking one over, reading it, writing plans. Uses
 * the plain Kafka client, see docs/adr/0003.
 */
package dev.berth.scheduler.adapter.kafka;
