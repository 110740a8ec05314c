package dev.berth.api.adapter.kafka;

import dev.berth.api.application.fold.FoldServiceStatuses;
import dev.berth.contracts.service.ServiceStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads {@code berth.service.status.v1}. A tombstone changes nothing: the row outlives it. */
@ApplicationScoped
public class ServiceStatusConsumer {
  private final TopicReader reader;
  private final FoldServiceStatuses fold;

  public ServiceStatusConsumer(TopicReader reader, FoldServiceStatuses fold) {
    this.reader = reader;
    this.fold = fold;
  }

  @Incoming("service-status")
  Uni<Void> read(ConsumerRecords<String, byte[]> batch) {
    return reader.read(batch, ServiceStatus.class, records -> fold.fold(Batches.values(records)));
  }
}
