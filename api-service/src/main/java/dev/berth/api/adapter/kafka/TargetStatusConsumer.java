package dev.berth.api.adapter.kafka;

import dev.berth.api.application.fold.FoldTargetStatuses;
import dev.berth.contracts.loadbalancer.TargetStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    return reader.read(batch, TargetStatus.class, this::foldNewest);
  }

  private Uni<Void> foldNewest(List<Received<TargetStatus>> records) {
    Map<String, Received<TargetStatus>> newest = new LinkedHashMap<>();
    records.forEach(record -> newest.merge(record.key(), record, TargetStatusConsumer::newer));
    List<TargetStatus> statuses = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    newest.forEach(
        (key, record) -> {
          if (record.isTombstone()) {
            removed.add(key);
          } else {
            statuses.add(record.value());
          }
        });
    return fold.fold(statuses, removed);
  }

  private static Received<TargetStatus> newer(
      Received<TargetStatus> known, Received<TargetStatus> next) {
    boolean late =
        !known.isTombstone()
            && !next.isTombstone()
            && next.value().version() <= known.value().version();
    return late ? known : next;
  }
}
