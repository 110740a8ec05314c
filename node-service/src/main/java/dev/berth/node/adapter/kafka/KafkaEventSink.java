package dev.berth.node.adapter.kafka;

import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.log.EventRecords;
import dev.berth.node.application.EventSink;
import dev.berth.node.application.NodeIdentity;
import dev.berth.node.config.InstallationConfig;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends records through the channel of their topic. */
@Singleton
public class KafkaEventSink implements EventSink {
  private final Map<Topic, Emitter<byte[]>> channels = new EnumMap<>(Topic.class);
  private final EventRecords records;
  private final LogWatch log;
  private final Clock clock;
  private final Heard heartbeats;

  // The buffers are bounded by their users: one record of a key at a time, one heartbeat at a time.
  KafkaEventSink(
      InstallationConfig installation,
      NodeIdentity node,
      LogWatch log,
      Clock clock,
      @Channel("task-status-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          Emitter<byte[]> taskStatus,
      @Channel("container-instance-status-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          Emitter<byte[]> instanceStatus,
      @Channel("container-instance-heartbeat-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          Emitter<byte[]> heartbeat) {
    this.log = log;
    this.clock = clock;
    this.heartbeats = new Heard(log::isReachable, clock);
    Partitions partitions = installation.partitions().toPartitions();
    this.records =
        new EventRecords(
            partitions, "/berth/node-service/" + node.containerInstanceId(), node.installationId());
    channels.put(Topic.TASK_STATUS, taskStatus);
    channels.put(Topic.CONTAINER_INSTANCE_STATUS, instanceStatus);
    channels.put(Topic.CONTAINER_INSTANCE_HEARTBEAT, heartbeat);
  }

  @Override
  public CompletionStage<Void> send(Topic topic, String key, String partitionKey, Object value) {
    if (!log.isReady()) {
      // A record for a topic that doesn't exist yet could make Kafka create it as it likes.
      return CompletableFuture.failedFuture(
          new IllegalStateException("Kafka or its topics are not there yet"));
    }
    ProducerRecord<String, byte[]> record =
        records.record(
            topic, key, partitionKey, value, UUID.randomUUID().toString(), clock.instant());
    CompletableFuture<Void> sent = new CompletableFuture<>();
    channels
        .get(topic)
        .send(
            Message.of(
                record.value(),
                Metadata.of(
                    OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(key)
                        .withPartition(record.partition())
                        .withHeaders(record.headers())
                        .build()),
                () -> {
                  sent.complete(null);
                  return CompletableFuture.completedFuture(null);
                },
                failure -> {
                  sent.completeExceptionally(failure);
                  return CompletableFuture.completedFuture(null);
                }));
    return topic == Topic.CONTAINER_INSTANCE_HEARTBEAT ? sent.whenComplete(this::noted) : sent;
  }

  private void noted(Void written, Throwable failure) {
    if (failure == null) {
      heartbeats.written();
    } else {
      heartbeats.refused();
    }
  }

  /** False when Kafka answers and yet takes no heartbeat for some seconds. */
  public boolean isHeard() {
    return heartbeats.isHeard();
  }

  /** Whether all channels are there; one that ended takes nothing any more. */
  public boolean isOpen() {
    return channels.values().stream().noneMatch(Emitter::isCancelled);
  }
}
