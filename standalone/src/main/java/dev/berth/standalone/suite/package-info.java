/** What makes up a running Berth: Kafka, PostgreSQL and the services, each with its settings. */
package dev.berth.standalone.suite;
