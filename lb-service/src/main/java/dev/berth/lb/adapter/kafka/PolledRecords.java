package dev.berth.lb.adapter.kafka;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts the records that the Kafka client has handed out, by topic. A consumer's position runs
 * ahead of what has been handled, and offsets have gaps, so only counts tell whether everything up
 * to a position was handled. Kafka makes the object, hence the static counts.
 */
@RegisterForReflection
public final class PolledRecords implements ConsumerInterceptor<String, byte[]> {
  private static final Map<String, LongAdder> POLLED = new ConcurrentHashMap<>();

  /** How many records of a topic this process was handed so far. */
  static long of(String topic) {
    LongAdder polled = POLLED.get(topic);
    return polled == null ? 0 : polled.sum();
  }

  @Override
  public ConsumerRecords<String, byte[]> onConsume(ConsumerRecords<String, byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      POLLED
          .computeIfAbsent(partition.topic(), topic -> new LongAdder())
          .add(records.records(partition).size());
    }
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    // Nothing is committed: every start reads from the beginning.
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // Needs nothing.
  }
}
