package dev.berth.node.application;

import dev.berth.contracts.Topic;
import java.util.concurrent.CompletionStage;

/** Where records go. Never blocks; while the log is away, what was sent waits or fails. */
public interface EventSink {
  /**
   * Sends a record.
   *
   * @param partitionKey see {@link Topic#partitionedBy}
   * @param value the record, or {@code null} for a tombstone
   * @return completes once the log has it, exceptionally when it hasn't
   */
  CompletionStage<Void> send(Topic topic, String key, String partitionKey, Object value);
}
