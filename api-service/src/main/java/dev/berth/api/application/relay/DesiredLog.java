package dev.berth.api.application.relay;

import dev.berth.contracts.Topic;
import java.time.Instant;
import java.util.List;

/** Kafka, as the relay writes to it. Blocking. */
public interface DesiredLog {
  /**
   * A record to write.
   *
   * @param value the record, or null for a tombstone
   * @param id its CloudEvents id
   */
  record Entry(
      Topic topic, String key, String partitionKey, Object value, String id, Instant time) {}

  /** Creates the topics that are missing. */
  void ensureTopics();

  /** Tells this log from one that was emptied. */
  String identity();

  /**
   * Begins to write. Whoever wrote before can't from here on, even if it doesn't know yet that it
   * lost its lease.
   */
  Writer open();

  /** Writes batches, each one as a whole or not at all. */
  interface Writer extends AutoCloseable {
    /** Writes a batch; returns when readers of committed records see it. */
    void write(List<Entry> entries);

    @Override
    void close();
  }
}
