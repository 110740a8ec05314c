package dev.berth.api.adapter.kafka;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Commits the offsets of what was folded, now and then. Nothing here can end a channel: a commit
 * that fails is tried again with the next one, and what is read twice for want of it changes
 * nothing.
 *
 * <p>The connector's own strategies ask Kafka for committed offsets, or wait for a commit, before
 * they hand a record on, and end the channel for good when the answer is an error. A Kafka that was
 * emptied answers with errors until its topics and its groups are there again.
 */
final class FoldedOffsets implements KafkaCommitHandler {
  static final String STRATEGY = "folded";

  private static final Logger LOG = Logger.getLogger(FoldedOffsets.class);
  private static final Duration LAST_COMMIT_AT_MOST = Duration.ofSeconds(2);

  private final KafkaConsumer<?, ?> consumer;
  private final Runnable stopTimer;
  private final Set<TopicPartition> assigned = ConcurrentHashMap.newKeySet();
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new ConcurrentHashMap<>();

  /**
   * @param stopTimer ends the calls of {@link #commit}
   */
  FoldedOffsets(KafkaConsumer<?, ?> consumer, Runnable stopTimer) {
    this.consumer = consumer;
    this.stopTimer = stopTimer;
  }

  @Override
  public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> folded) {
    TopicPartition partition = new TopicPartition(folded.getTopic(), folded.getPartition());
    if (assigned.contains(partition)) {
      uncommitted.put(partition, new OffsetAndMetadata(folded.getOffset() + 1));
    }
    return Uni.createFrom().voidItem();
  }

  @Override
  public void partitionsAssigned(Collection<TopicPartition> partitions) {
    assigned.addAll(partitions);
  }

  /** On the polling thread; partitions that are lost come here, too. */
  @Override
  public void partitionsRevoked(Collection<TopicPartition> partitions) {
    assigned.removeAll(partitions);
    Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>(uncommitted);
    last.keySet().retainAll(partitions);
    uncommitted.keySet().removeAll(partitions);
    if (last.isEmpty()) {
      return;
    }
    try {
      consumer.unwrap().commitSync(last, LAST_COMMIT_AT_MOST);
    } catch (KafkaException e) {
      LOG.debugf("Folded again by whoever reads on: %s: %s", last.keySet(), e.getMessage());
    }
  }

  /** Commits what was folded since the last time. */
  void commit() {
    Map<TopicPartition, OffsetAndMetadata> offsets = Map.copyOf(uncommitted);
    if (!offsets.isEmpty()) {
      Cancellable unused =
          consumer
              .commit(offsets)
              .subscribe()
              .with(
                  done -> offsets.forEach(uncommitted::remove),
                  e -> LOG.debugf("Committed with the next ones: %s", e.getMessage()));
    }
  }

  @Override
  public void terminate(boolean graceful) {
    stopTimer.run();
  }

  /** The strategy that channels name as {@value #STRATEGY}. */
  @ApplicationScoped
  @Identifier(STRATEGY)
  public static class Factory implements KafkaCommitHandler.Factory {
    private static final String INTERVAL = "auto.commit.interval.ms";

    @Override
    public KafkaCommitHandler create(
        KafkaConnectorIncomingConfiguration config,
        Vertx vertx,
        KafkaConsumer<?, ?> consumer,
        BiConsumer<Throwable, Boolean> reportFailure) {
      long interval = config.config().getValue(INTERVAL, Long.class);
      long[] timer = new long[1];
      FoldedOffsets offsets = new FoldedOffsets(consumer, () -> vertx.cancelTimer(timer[0]));
      timer[0] = vertx.setPeriodic(interval, tick -> offsets.commit());
      return offsets;
    }
  }
}
