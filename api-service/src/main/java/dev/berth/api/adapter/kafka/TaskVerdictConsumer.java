package dev.berth.api.adapter.kafka;

import dev.berth.api.application.fold.FoldTaskVerdicts;
import dev.berth.contracts.task.TaskVerdict;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads {@code berth.task.verdict.v1}. A tombstone changes nothing: the row outlives it. */
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
    return reader.read(batch, TaskVerdict.class, records -> fold.fold(Batches.values(records)));
  }
}
