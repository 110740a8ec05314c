package dev.berth.node.adapter.kafka;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.Topic;
import dev.berth.contracts.UnreadableEventException;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.log.EventRecords;
import dev.berth.node.application.Node;
import dev.berth.node.application.NodeIdentity;
import dev.berth.node.application.TaskSupervisor;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Reads what the scheduler assigned to this node. */
@Singleton
public class TaskAssignedConsumer {
  private static final Logger LOG = Logger.getLogger(TaskAssignedConsumer.class);

  private final Node node;
  private final NodeIdentity identity;
  private final TaskSupervisor supervisor;
  private final Emitter<byte[]> deadLetters;
  private final AtomicLong handled = new AtomicLong();
  private final AtomicInteger inHand = new AtomicInteger();

  TaskAssignedConsumer(
      Node node,
      NodeIdentity identity,
      TaskSupervisor supervisor,
      @Channel("dead-letter-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          Emitter<byte[]> deadLetters) {
    this.node = node;
    this.identity = identity;
    this.supervisor = supervisor;
    this.deadLetters = deadLetters;
  }

  /** Takes one record, once the tasks of earlier processes were adopted. */
  @Incoming(AssignedPartition.CHANNEL)
  public CompletionStage<Void> consume(Message<byte[]> message) {
    inHand.incrementAndGet();
    return node.recovered()
        .thenCompose(
            recovered -> {
              take(message);
              handled.incrementAndGet();
              inHand.decrementAndGet();
              return message.ack();
            });
  }

  /** How many records were taken; stands still when there is nothing to take. */
  long handled() {
    return handled.get();
  }

  boolean isIdle() {
    return inHand.get() == 0;
  }

  private void take(Message<byte[]> message) {
    IncomingKafkaRecordMetadata<?, ?> metadata =
        message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
    String key = String.valueOf(metadata.getKey());
    try {
      if (message.getPayload() == null) {
        supervisor.assignmentGone(key);
      } else {
        assigned(key, EventJson.read(message.getPayload(), TaskAssigned.class));
      }
    } catch (UnreadableEventException e) {
      park(message, metadata, key, e.getMessage());
    } catch (RuntimeException e) {
      LOG.errorf(e, "The assignment of task %s can't be handled", key);
      park(message, metadata, key, e.toString());
    }
  }

  private void assigned(String key, TaskAssigned assigned) {
    if (!identity.installationId().equals(assigned.installationId())) {
      LOG.warnf(
          "Task %s belongs to installation %s, not to this one: ignored",
          key, assigned.installationId());
      return;
    }
    if (!identity.containerInstanceId().equals(assigned.containerInstanceId())) {
      return; // another instance of the same partition
    }
    if (!key.equals(assigned.taskId())) {
      throw new UnreadableEventException(
          "The key is " + key + ", the task's id is " + assigned.taskId(), null);
    }
    supervisor.assigned(assigned);
  }

  private void park(
      Message<byte[]> message,
      IncomingKafkaRecordMetadata<?, ?> metadata,
      String key,
      String reason) {
    LOG.errorf("An assignment is parked, key %s: %s", key, reason);
    ProducerRecord<byte[], byte[]> parked =
        EventRecords.deadLetter(
            Topic.Role.NODE,
            Topic.TASK_ASSIGNED.topicName(),
            metadata.getPartition(),
            metadata.getOffset(),
            key.getBytes(StandardCharsets.UTF_8),
            message.getPayload(),
            reason);
    deadLetters.send(
        Message.of(
            parked.value(),
            Metadata.of(
                OutgoingKafkaRecordMetadata.<String>builder()
                    .withKey(key)
                    .withPartition(parked.partition())
                    .withHeaders(parked.headers())
                    .build())));
  }
}
