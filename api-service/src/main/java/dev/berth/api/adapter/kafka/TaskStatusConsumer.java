package dev.berth.api.adapter.kafka;

import dev.berth.api.application.fold.FoldTaskStatuses;
import dev.berth.contracts.task.TaskStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads {@code berth.task.status.v1}. A tombstone changes nothing: the row outlives it. */
@ApplicationScoped
public class TaskStatusConsumer {
  private final TopicReader reader;
  private final FoldTaskStatuses fold;

  public TaskStatusConsumer(TopicReader reader, FoldTaskStatuses fold) {
    this.reader = reader;
    this.fold = fold;
  }

  @Incoming("task-status")
  Uni<Void> read(ConsumerRecords<String, byte[]> batch) {
    return reader.read(batch, TaskStatus.class, records -> fold.fold(Batches.values(records)));
  }
}
