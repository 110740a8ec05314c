package dev.berth.api.adapter.kafka;

import dev.berth.api.application.fold.FoldServiceEvents;
import dev.berth.contracts.service.ServiceEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads {@code berth.service.event.v1}. */
@ApplicationScoped
public class ServiceEventConsumer {
  private final TopicReader reader;
  private final FoldServiceEvents fold;

  public ServiceEventConsumer(TopicReader reader, FoldServiceEvents fold) {
    this.reader = reader;
    this.fold = fold;
  }

  @Incoming("service-event")
  Uni<Void> read(ConsumerRecords<String, byte[]> batch) {
    return reader.read(batch, ServiceEvent.class, records -> fold.fold(Batches.values(records)));
  }
}
