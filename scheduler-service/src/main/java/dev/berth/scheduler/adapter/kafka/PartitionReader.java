package dev.berth.scheduler.adapter.kafka;

import dev.berth.contracts.Topic;
import dev.berth.scheduler.application.LeadershipLostException;
import dev.berth.scheduler.application.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Reads what the leader of a partition needs, in the order in which it needs it. */
final class PartitionReader implements AutoCloseable {
  private static final Duration CATCH_UP_POLL = Duration.ofMillis(100);

  /**
   * How far back signs of life are read. Older ones would make an instance look alive that has died
   * meanwhile, and without any nothing could be placed at once.
   */
  private static final Duration RECENT_HEARTBEATS = Duration.ofSeconds(5);

  private final org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer;
  private final Supplier<Instant> now;
  private final DeadLetters deadLetters;
  private Map<TopicPartition, Topic> reading = Map.of();

  PartitionReader(
      org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
      Supplier<Instant> now,
      DeadLetters deadLetters) {
    this.consumer = consumer;
    this.now = now;
    this.deadLetters = deadLetters;
  }

  /** Starts at the beginning of these partitions; to be called once. */
  void start(Map<TopicPartition, Topic> partitions) {
    reading = Map.copyOf(partitions);
    consumer.assign(reading.keySet());
    consumer.seekToBeginning(reading.keySet());
    Map<TopicPartition, Long> since = new HashMap<>();
    reading.forEach(
        (partition, topic) -> {
          if (topic == Topic.CONTAINER_INSTANCE_HEARTBEAT) {
            since.put(partition, now.get().minus(RECENT_HEARTBEATS).toEpochMilli());
          }
        });
    if (since.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(since);
    for (TopicPartition partition : since.keySet()) {
      OffsetAndTimestamp offset = found.get(partition);
      if (offset == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, offset.offset());
      }
    }
  }

  /** Where these partitions end now, transactions that are still open included. */
  Map<TopicPartition, Long> remaining(Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> behind = new HashMap<>();
    for (TopicPartition partition : reading.keySet()) {
      long missing = ends.getOrDefault(partition, 0L) - consumer.position(partition);
      if (missing > 0) {
        behind.put(partition, missing);
      }
    }
    return behind;
  }

  /**
   * Reads until every partition was read up to its end.
   *
   * @throws LeadershipLostException if {@code goOn} says no before
   */
  void readTo(Map<TopicPartition, Long> ends, Consumer<LogEntry> fold, BooleanSupplier goOn) {
    while (!remaining(ends).isEmpty()) {
      if (!goOn.getAsBoolean()) {
        throw new LeadershipLostException("Reading the partition was given up");
      }
      poll(CATCH_UP_POLL, fold);
    }
  }

  /** Waits for records up to {@code atMost} and folds them; one that can't be read is parked. */
  void poll(Duration atMost, Consumer<LogEntry> fold) {
    Iterable<ConsumerRecord<String, byte[]>> records = consumer.poll(atMost);
    Instant receivedAt = now.get();
    for (ConsumerRecord<String, byte[]> record : records) {
      Topic topic = reading.get(new TopicPartition(record.topic(), record.partition()));
      try {
        fold.accept(entry(topic, record, receivedAt));
      } catch (LeadershipLostException e) {
        throw e;
      } catch (RuntimeException e) {
        // Whatever is wrong with it, the records behind it must not wait for somebody to mend it.
        deadLetters.park(record, e);
      }
    }
  }

  private static LogEntry entry(
      Topic topic, ConsumerRecord<String, byte[]> record, Instant receivedAt) {
    if (record.key() == null) {
      throw new IllegalArgumentException("The record has no key");
    }
    Object value =
        record.value() == null ? null : RecordReader.read(record.value(), topic.recordType());
    return new LogEntry(topic, record.key(), value, receivedAt);
  }

  /** Ends a {@link #poll} that waits; may be called from any thread. */
  void wakeUp() {
    consumer.wakeup();
  }

  /** The partitions that are read. */
  Collection<TopicPartition> partitions() {
    return reading.keySet();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
