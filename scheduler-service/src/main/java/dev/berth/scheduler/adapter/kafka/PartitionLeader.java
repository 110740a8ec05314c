package dev.berth.scheduler.adapter.kafka;

import dev.berth.contracts.task.TaskAssignment;
import dev.berth.log.EventRecords;
import dev.berth.log.LogUnavailableException;
import dev.berth.scheduler.application.ClusterBrain;
import dev.berth.scheduler.application.DecisionTelemetry;
import dev.berth.scheduler.application.LeadershipLostException;
import dev.berth.scheduler.application.LedPartition;
import dev.berth.scheduler.application.LogEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Leads one partition until it is stopped: fences the predecessor, reads the partition to its end,
 * then folds and decides. Whenever it isn't certain that what it knows is what the log says, it
 * throws all of it away and begins again.
 */
final class PartitionLeader implements Runnable {
  private static final Logger LOG = Logger.getLogger(PartitionLeader.class);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);

  private final int partition;
  private final LogSettings settings;
  private final LogClients clients;
  private final LogWatch watch;
  private final DeadLetters deadLetters;
  private final ClusterBrain.Factory brains;
  private final DecisionTelemetry telemetry;
  private final Clock clock;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile PartitionReader reader;
  private volatile boolean caughtUp;
  private volatile long lag;
  private Duration retry = FIRST_RETRY;

  PartitionLeader(
      int partition,
      LogSettings settings,
      LogClients clients,
      LogWatch watch,
      DeadLetters deadLetters,
      ClusterBrain.Factory brains,
      DecisionTelemetry telemetry,
      Clock clock) {
    this.partition = partition;
    this.settings = settings;
    this.clients = clients;
    this.watch = watch;
    this.deadLetters = deadLetters;
    this.brains = brains;
    this.telemetry = telemetry;
    this.clock = clock;
  }

  int partition() {
    return partition;
  }

  /** Whether everything written was read, and decisions are made. */
  boolean isCaughtUp() {
    return caughtUp && watch.fresh() != null;
  }

  /** Records that are written but not read yet, when last looked. */
  long lag() {
    return lag;
  }

  /** Asks it to end; what is being written is still written. */
  void stop() {
    stop.countDown();
    PartitionReader current = reader;
    if (current != null) {
      current.wakeUp();
    }
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /** Waits until it has ended; false if it didn't in time. */
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void run() {
    try {
      while (isWanted()) {
        try {
          leadOnce();
        } catch (WakeupException e) {
          LOG.debugf("Partition %d: woken up to stop", partition);
        } catch (LeadershipLostException | LogUnavailableException | KafkaException e) {
          if (e instanceof LeadershipLostException && e.getCause() instanceof KafkaException) {
            telemetry.transactionFailed(partition, e.getCause());
          }
          giveUp(e);
        } catch (RuntimeException e) {
          LOG.errorf(e, "Partition %d: a defect; reading it again", partition);
          giveUp(e);
        }
      }
    } finally {
      caughtUp = false;
      ended.countDown();
    }
  }

  private void giveUp(RuntimeException e) {
    caughtUp = false;
    if (isWanted()) {
      LOG.warnf(
          "Partition %d: given up, to be read again in %s: %s", partition, retry, e.getMessage());
      pause(retry);
      retry = min(retry.multipliedBy(2), LAST_RETRY);
    }
  }

  private void leadOnce() {
    LogWatch.View view = watch.fresh();
    if (view == null) {
      pause(Duration.ofMillis(50));
      return;
    }
    String leadership = settings.instanceId() + "-" + partition + "-" + clock.millis() + "-";
    EventRecords records =
        new EventRecords(
            settings.partitions(),
            "/berth/scheduler-service/" + settings.instanceId(),
            settings.installationId());
    try (PlanWriter writer = new PlanWriter(clients.planWriter(partition), records, leadership)) {
      takeOverAndLead(view, writer);
    }
  }

  private void takeOverAndLead(LogWatch.View view, PlanWriter writer) {
    long began = System.nanoTime();
    writer.fencePredecessor();
    // Ends are asked for only now: the predecessor can add nothing any more.
    Map<TopicPartition, Long> ends = watch.ends();
    List<LogEntry> own = ownRecords(ends);
    long epoch = nextEpoch(own);
    LedPartition led =
        new LedPartition(
            partition,
            epoch,
            settings.partitions(),
            brains,
            telemetry,
            settings.fullReconcileInterval());
    own.forEach(entry -> foldOwn(led, entry));
    try (PartitionReader in = openReader()) {
      reader = in;
      in.start(ReadTopics.of(ReadTopics.INPUTS, partition, settings.partitions()));
      in.readTo(watch.ends(), led::fold, this::isWanted);
      led.caughtUp(clock.instant());
      retry = FIRST_RETRY;
      LOG.infof(
          "Partition %d: leading, epoch %d, %d clusters, read in %d ms",
          partition,
          epoch,
          led.clusters().size(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
      lead(led, view, writer, in);
    } finally {
      reader = null;
    }
  }

  // By a consumer of its own: one that was given other partitions would first wait for the answer
  // to what it asked before, which comes when there is something new to read.
  private List<LogEntry> ownRecords(Map<TopicPartition, Long> ends) {
    List<LogEntry> own = new ArrayList<>();
    try (PartitionReader in = openReader()) {
      in.start(ReadTopics.of(ReadTopics.OWN, partition, settings.partitions()));
      in.readTo(ends, own::add, this::isWanted);
    }
    return own;
  }

  private PartitionReader openReader() {
    return new PartitionReader(clients.partitionReader(partition), clock::instant, deadLetters);
  }

  // Parking it would lose the key it stands for; it is written anew with the next decision.
  private void foldOwn(LedPartition led, LogEntry entry) {
    try {
      led.fold(entry);
    } catch (RuntimeException e) {
      LOG.errorf(
          e, "Partition %d: left out %s %s", partition, entry.topic().topicName(), entry.key());
    }
  }

  /**
   * Larger than every epoch before it. Nodes remember the epochs of a log that was emptied since,
   * so where this one has none yet the clock's seconds go on from them.
   */
  private long nextEpoch(List<LogEntry> own) {
    long newest = own.stream().mapToLong(PartitionLeader::epoch).max().orElse(0);
    return newest == 0 ? clock.instant().getEpochSecond() : newest + 1;
  }

  private static long epoch(LogEntry entry) {
    return entry.value() instanceof TaskAssignment assignment ? assignment.epoch() : 0;
  }

  private void lead(
      LedPartition led, LogWatch.View atStart, PlanWriter writer, PartitionReader in) {
    Instant seenAt = atStart.seenAt();
    Instant reachableSince = atStart.reachableSince();
    caughtUp = true;
    while (isWanted()) {
      LogWatch.View view = watch.fresh();
      if (view != null) {
        if (!view.identity().equals(atStart.identity())) {
          throw new LeadershipLostException("The log was replaced");
        }
        if (!view.seenAt().equals(seenAt)) {
          seenAt = view.seenAt();
          lag = in.remaining(view.ends()).values().stream().mapToLong(Long::longValue).sum();
        }
        if (!view.reachableSince().equals(reachableSince)) {
          // Kafka was away, or this process stood still: silence meanwhile means nothing.
          caughtUp = false;
          if (in.remaining(view.ends()).isEmpty()) {
            reachableSince = view.reachableSince();
            led.caughtUp(clock.instant());
            caughtUp = true;
            LOG.infof("Partition %d: caught up again", partition);
          }
        }
        if (caughtUp) {
          led.decide(clock.instant(), writer);
        }
      }
      in.poll(untilNext(led, view != null && caughtUp), led::fold);
    }
  }

  private Duration untilNext(LedPartition led, boolean deciding) {
    Instant now = clock.instant();
    if (!deciding) {
      return Duration.ofMillis(50);
    }
    Duration wait = Duration.between(now, led.wakeUpAt(now));
    return wait.isNegative() ? Duration.ZERO : min(wait, LONGEST_POLL);
  }

  private boolean isWanted() {
    return stop.getCount() > 0;
  }

  private void pause(Duration time) {
    try {
      if (stop.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debugf("Partition %d: stopped while waiting", partition);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.countDown();
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
