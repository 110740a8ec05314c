package dev.berth.api.adapter.kafka;

import dev.berth.api.application.fold.FoldTaskVerdicts;
import dev.berth.contracts.task.TaskVerdict;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Reads {@code berth.task.verdict.v1}. A task's row outlives the tombstone of its verdict, unless
 * there is nothing else that speaks of the task.
 */
@ApplicationScoped
public class TaskVerdictConsumer {
  private final TopicReader reader;
  private final FoldTaskVerdicts fold;

  public TaskVerdictConsumer(TopicReader reader, FoldTaskVerdicts fold) {
    this.reader = reader;
    this.fold = fold;
  }

  @Incoming("task-verdict")
  Uni<Void> read(ConsumerRecords<String, byte[]> batch) {
    return reader.read(
        batch,
        TaskVerdict.class,
        records -> fold.fold(Batches.values(records), Batches.erased(records)));
  }
}
