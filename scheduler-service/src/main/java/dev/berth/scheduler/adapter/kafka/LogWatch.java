package dev.berth.scheduler.adapter.kafka;

import dev.berth.contracts.Topic;
import dev.berth.log.LogIdentity;
import dev.berth.log.LogUnavailableException;
import dev.berth.log.TopicAdmin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * Asks Kafka again and again whether it is there, whether it is the same log, and how far it goes;
 * makes topics that are missing. Nobody decides on silence while the answer is old: then it was
 * Kafka that was silent, or this process that stood still.
 */
final class LogWatch implements Runnable {
  private static final Logger LOG = Logger.getLogger(LogWatch.class);

  /**
   * What was seen last.
   *
   * @param identity see {@link LogIdentity}
   * @param reachableSince since when no two answers were further apart than is allowed
   * @param seenAt when it was seen
   * @param ends the offset after the last record of each partition that the scheduler reads
   */
  record View(
      String identity, Instant reachableSince, Instant seenAt, Map<TopicPartition, Long> ends) {}

  private final LogSettings settings;
  private final LogClients clients;
  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile View view;
  private volatile Admin asked;
  private boolean topicsEnsured;
  private boolean unreachableSaid;

  LogWatch(LogSettings settings, LogClients clients, Clock clock) {
    this.settings = settings;
    this.clients = clients;
    this.clock = clock;
  }

  /** The last answer if it is fresh enough to decide on, else null. */
  View fresh() {
    View last = view;
    return last == null || isStale(last, clock.instant()) ? null : last;
  }

  /** The last answer, however old; null before the first. */
  View last() {
    return view;
  }

  void stop() {
    stopped.countDown();
  }

  @Override
  public void run() {
    while (stopped.getCount() > 0) {
      try (Admin admin = clients.admin()) {
        asked = admin;
        watch(admin);
        asked = null;
      } catch (KafkaException e) {
        sayUnreachable(e);
        pause();
      }
    }
  }

  private void watch(Admin admin) {
    while (stopped.getCount() > 0) {
      try {
        look(admin);
        unreachableSaid = false;
        pause();
      } catch (LogUnavailableException e) {
        boolean missing = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (missing && topicsEnsured) {
          topicsEnsured = false;
        } else {
          sayUnreachable(e);
          pause();
        }
      } catch (IllegalStateException e) {
        if (!unreachableSaid) {
          LOG.error(e.getMessage());
          unreachableSaid = true;
        }
        pause();
      }
    }
  }

  private void look(Admin admin) {
    if (!topicsEnsured) {
      TopicAdmin.ensureTopics(
          admin, settings.partitions(), settings.replicationFactor(), settings.logTimeout());
      topicsEnsured = true;
    }
    String identity = LogIdentity.read(admin, settings.logTimeout());
    Map<TopicPartition, Long> ends = ends(admin);
    Instant now = clock.instant();
    View last = view;
    boolean same = last != null && last.identity().equals(identity) && !isStale(last, now);
    if (last != null && !last.identity().equals(identity)) {
      LOG.warnf("The log was replaced: %s is now %s", last.identity(), identity);
    }
    view = new View(identity, same ? last.reachableSince() : now, now, ends);
  }

  /**
   * Where the partitions end at this moment.
   *
   * @throws LogUnavailableException if Kafka doesn't say
   */
  Map<TopicPartition, Long> ends() {
    Admin admin = asked;
    if (admin == null) {
      throw new LogUnavailableException("Kafka has not been reached yet", null);
    }
    return ends(admin);
  }

  private Map<TopicPartition, Long> ends(Admin admin) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (Topic topic : ReadTopics.ALL) {
      for (int p = 0; p < settings.partitions().countOf(topic); p++) {
        wanted.put(new TopicPartition(topic.topicName(), p), OffsetSpec.latest());
      }
    }
    try {
      // Read uncommitted: what a transaction still holds back belongs to what must be read.
      Map<TopicPartition, ListOffsetsResultInfo> offsets =
          admin
              .listOffsets(wanted)
              .all()
              .get(settings.logTimeout().toMillis(), TimeUnit.MILLISECONDS);
      Map<TopicPartition, Long> ends = new HashMap<>();
      offsets.forEach((partition, info) -> ends.put(partition, info.offset()));
      return Map.copyOf(ends);
    } catch (ExecutionException e) {
      throw new LogUnavailableException(
          "Kafka refused: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new LogUnavailableException("Kafka did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnavailableException("Interrupted", e);
    }
  }

  private boolean isStale(View seen, Instant now) {
    return Duration.between(seen.seenAt(), now).compareTo(settings.staleAfter()) > 0;
  }

  private void sayUnreachable(Exception e) {
    if (!unreachableSaid) {
      LOG.warnf("Kafka is not reachable, trying on: %s", e.getMessage());
      unreachableSaid = true;
    }
  }

  private void pause() {
    try {
      if (stopped.await(settings.watchInterval().toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("Stopped");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }
}
