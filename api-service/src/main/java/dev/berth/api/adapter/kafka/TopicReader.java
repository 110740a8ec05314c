package dev.berth.api.adapter.kafka;

import dev.berth.api.application.fold.UnfoldableException;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.UnreadableEventException;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/**
 * Decodes batches and has them folded. A record that can't be read, or that the database refuses
 * for what it says, is parked with its reason, and the others go on.
 */
@ApplicationScoped
public class TopicReader {
  private static final Logger LOG = Logger.getLogger(TopicReader.class);

  private final DeadLetters deadLetters;
  private final MeterRegistry metrics;
  private final Clock clock;

  public TopicReader(DeadLetters deadLetters, MeterRegistry metrics, Clock clock) {
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Reads a batch; completes when everything in it is folded or parked, and never fails.
   *
   * @param fold folds records in their order; called with one record at a time where the whole
   *     batch is refused
   */
  <T> Uni<Void> read(
      ConsumerRecords<String, byte[]> batch,
      Class<T> type,
      Function<List<Received<T>>, Uni<Void>> fold) {
    List<Received<T>> readable = new ArrayList<>(batch.count());
    List<Uni<Void>> parking = new ArrayList<>();
    ConsumerRecord<String, byte[]> last = null;
    for (ConsumerRecord<String, byte[]> record : batch) {
      last = record;
      try {
        byte[] value = record.value();
        boolean tombstone = value == null || value.length == 0;
        readable.add(new Received<>(tombstone ? null : EventJson.read(value, type), record));
      } catch (UnreadableEventException e) {
        parking.add(deadLetters.park(record, e.getMessage()));
      }
    }
    ConsumerRecord<String, byte[]> newest = last;
    return foldOrPark(readable, fold).chain(() -> inOrder(parking)).invoke(() -> recordLag(newest));
  }

  private <T> Uni<Void> foldOrPark(
      List<Received<T>> records, Function<List<Received<T>>, Uni<Void>> fold) {
    if (records.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Uni.createFrom()
        .deferred(() -> fold.apply(records))
        .onFailure()
        .recoverWithUni(e -> oneByOne(records, fold, e));
  }

  private <T> Uni<Void> oneByOne(
      List<Received<T>> records, Function<List<Received<T>>, Uni<Void>> fold, Throwable reason) {
    if (records.size() == 1) {
      Throwable cause = reason instanceof UnfoldableException ? reason.getCause() : reason;
      LOG.warn("A record can't be folded", cause);
      return deadLetters.park(records.getFirst().raw(), "Can't be folded: " + cause);
    }
    return inOrder(
        records.stream()
            .map(record -> Uni.createFrom().deferred(() -> foldOrPark(List.of(record), fold)))
            .toList());
  }

  private static Uni<Void> inOrder(List<Uni<Void>> works) {
    return Multi.createFrom()
        .iterable(works)
        .onItem()
        .transformToUniAndConcatenate(work -> work)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private void recordLag(ConsumerRecord<String, byte[]> newest) {
    if (newest != null && newest.timestamp() > 0) {
      metrics
          .timer("berth_fold_lag", "topic", newest.topic())
          .record(Math.max(0, clock.millis() - newest.timestamp()), TimeUnit.MILLISECONDS);
    }
  }
}
