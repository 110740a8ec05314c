package dev.berth.node.adapter.health;

import dev.berth.node.adapter.journal.FileTaskJournal;
import dev.berth.node.adapter.kafka.KafkaEventSink;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Whether this process can go on once Docker and Kafka are there: without its journal it creates no
 * container, without its channels nobody hears of it, and one whose heartbeats are not taken while
 * Kafka answers is about to be given up.
 */
@Liveness
@Singleton
public class NodeLiveness implements HealthCheck {
  private final FileTaskJournal journal;
  private final KafkaEventSink channels;

  NodeLiveness(FileTaskJournal journal, KafkaEventSink channels) {
    this.journal = journal;
    this.channels = channels;
  }

  @Override
  public HealthCheckResponse call() {
    boolean writes = journal.isWriting();
    boolean open = channels.isOpen();
    boolean heard = channels.isHeard();
    return HealthCheckResponse.named("node-process")
        .withData("journal-is-written", writes)
        .withData("channels-are-open", open)
        .withData("heartbeats-are-taken", heard)
        .status(writes && open && heard)
        .build();
  }
}
