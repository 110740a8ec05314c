package dev.berth.api.adapter.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that could be read.
 *
 * @param value null for a tombstone
 */
record Received<T>(T value, ConsumerRecord<String, byte[]> raw) {
  String key() {
    return raw.key();
  }

  boolean isTombstone() {
    return value == null;
  }
}
