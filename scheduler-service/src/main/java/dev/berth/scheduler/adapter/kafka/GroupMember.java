package dev.berth.scheduler.adapter.kafka;

import dev.berth.contracts.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Membership in the group of schedulers. The group shares out the partitions of one topic; who has
 * number p of it leads number p of all topics that are partitioned by cluster. So one process has
 * all of them together whatever the assignor does.
 */
final class GroupMember implements Runnable {
  private static final Logger LOG = Logger.getLogger(GroupMember.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** What to do when the group gives or takes partitions; called by the member's thread. */
  interface Ownership {
    void given(Set<Integer> partitions);

    /** Must be over with them when it returns: then they are given to somebody else. */
    void taken(Set<Integer> partitions);

    /** They may be led by somebody else already. */
    void lost(Set<Integer> partitions);
  }

  private final LogClients clients;
  private final BooleanSupplier logSeen;
  private final Ownership ownership;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile boolean joined;

  /**
   * @param logSeen whether the log was reached and its topics are there; before, a group has
   *     nothing to share out
   */
  GroupMember(LogClients clients, BooleanSupplier logSeen, Ownership ownership) {
    this.clients = clients;
    this.logSeen = logSeen;
    this.ownership = ownership;
  }

  /** Whether the group has given this process its share, which may be none. */
  boolean isJoined() {
    return joined;
  }

  void stop() {
    stop.countDown();
  }

  @Override
  public void run() {
    while (stop.getCount() > 0) {
      if (!logSeen.getAsBoolean()) {
        pause(POLL);
        continue;
      }
      Consumer<String, byte[]> consumer = null;
      try {
        consumer = clients.member();
        belong(consumer);
      } catch (WakeupException e) {
        LOG.debug("Woken up");
      } catch (KafkaException e) {
        LOG.warnf("Left the group of schedulers, joining again: %s", e.getMessage());
        pause(RETRY);
      } finally {
        joined = false;
        if (consumer != null) {
          // Leaving at once lets the others take over without waiting for the session to end.
          consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
        }
      }
    }
  }

  private void belong(Consumer<String, byte[]> consumer) {
    consumer.subscribe(
        List.of(Topic.CLUSTER_DESIRED.topicName()),
        new ConsumerRebalanceListener() {
          @Override
          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // Each partition's own reader reads it; this consumer only stands for the ownership.
            consumer.pause(consumer.assignment());
            joined = true;
            LOG.infof("The group gave partitions %s", numbers(partitions));
            ownership.given(numbers(partitions));
          }

          @Override
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            LOG.infof("The group takes partitions %s", numbers(partitions));
            ownership.taken(numbers(partitions));
          }

          @Override
          public void onPartitionsLost(Collection<TopicPartition> partitions) {
            joined = false;
            LOG.warnf("The group has given up on this process: lost %s", numbers(partitions));
            ownership.lost(numbers(partitions));
          }
        });
    while (stop.getCount() > 0) {
      consumer.poll(POLL);
    }
  }

  private void pause(Duration time) {
    try {
      if (stop.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("Stopped while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.countDown();
    }
  }

  private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
  }
}
