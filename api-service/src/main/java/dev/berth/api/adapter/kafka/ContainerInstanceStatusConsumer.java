package dev.berth.api.adapter.kafka;

import dev.berth.api.application.fold.FoldInstanceStatuses;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads {@code berth.container-instance.status.v1}. A tombstone changes nothing: the row stays. */
@ApplicationScoped
public class ContainerInstanceStatusConsumer {
  private final TopicReader reader;
  private final FoldInstanceStatuses fold;

  public ContainerInstanceStatusConsumer(TopicReader reader, FoldInstanceStatuses fold) {
    this.reader = reader;
    this.fold = fold;
  }

  @Incoming("container-instance-status")
  Uni<Void> read(ConsumerRecords<String, byte[]> batch) {
    return reader.read(
        batch, ContainerInstanceStatus.class, records -> fold.fold(Batches.values(records)));
  }
}
