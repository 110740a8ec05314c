package dev.berth.api.adapter.kafka;

import dev.berth.api.application.fold.HeartbeatBoard;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads {@code berth.container-instance.heartbeat.v1}. */
@ApplicationScoped
public class HeartbeatConsumer {
  private final TopicReader reader;
  private final HeartbeatBoard board;

  public HeartbeatConsumer(TopicReader reader, HeartbeatBoard board) {
    this.reader = reader;
    this.board = board;
  }

  @Incoming("container-instance-heartbeat")
  Uni<Void> read(ConsumerRecords<String, byte[]> batch) {
    return reader.read(
        batch,
        ContainerInstanceHeartbeat.class,
        records -> {
          Batches.values(records).forEach(board::heard);
          return Uni.createFrom().voidItem();
        });
  }
}
