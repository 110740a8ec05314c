package dev.berth.api.adapter.kafka;

import dev.berth.api.application.fold.FoldTargetStatuses;
import dev.berth.contracts.loadbalancer.TargetStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads {@code berth.target.status.v1}. A tombstone removes the target's row. */
@ApplicationScoped
public class TargetStatusConsumer {
  private final TopicReader reader;
  private final FoldTargetStatuses fold;

  public TargetStatusConsumer(TopicReader reader, FoldTargetStatuses fold) {
    this.reader = reader;
    this.fold = fold;
  }

  @Incoming("target-status")
  Uni<Void> read(ConsumerRecords<String, byte[]> batch) {
    return reader.read(
        batch,
        TargetStatus.class,
        records -> {
          Batches.Newest<TargetStatus> newest = Batches.newest(records);
          return fold.fold(newest.values(), newest.erased());
        });
  }
}
