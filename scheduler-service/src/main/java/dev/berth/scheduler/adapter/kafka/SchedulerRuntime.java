package dev.berth.scheduler.adapter.kafka;

import dev.berth.scheduler.application.ClusterBrain;
import dev.berth.scheduler.application.DecisionTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One scheduler: watches the log, is a member of the group, and leads the partitions it is given,
 * each by a thread of its own. Needs no Kafka to start; it waits for it.
 */
public final class SchedulerRuntime implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SchedulerRuntime.class);
  private static final Duration LAST_PLAN = Duration.ofSeconds(5);

  private final LogSettings settings;
  private final LogClients clients;
  private final LogWatch watch;
  private final DeadLetters deadLetters;
  private final GroupMember member;
  private final ClusterBrain.Factory brains;
  private final DecisionTelemetry telemetry;
  private final Clock clock;
  private final Map<Integer, PartitionLeader> leaders = new ConcurrentHashMap<>();
  private Thread watchThread;
  private Thread memberThread;

  public SchedulerRuntime(
      LogSettings settings, ClusterBrain.Factory brains, DecisionTelemetry telemetry, Clock clock) {
    this.settings = settings;
    this.brains = brains;
    this.telemetry = telemetry;
    this.clock = clock;
    this.clients = new LogClients(settings);
    this.watch = new LogWatch(settings, clients, clock);
    this.deadLetters = new DeadLetters(clients);
    this.member = new GroupMember(clients, () -> watch.last() != null, new Leading());
  }

  /** Starts and returns at once. */
  public void start() {
    watchThread = Thread.ofPlatform().name("berth-log-watch").start(watch);
    memberThread = Thread.ofPlatform().name("berth-group-member").start(member);
  }

  /** Whether this process has its share of the partitions and has caught up in each of them. */
  public boolean isReady() {
    return member.isJoined()
        && watch.fresh() != null
        && leaders.values().stream().allMatch(PartitionLeader::isCaughtUp);
  }

  /** Whether the threads that everything depends on are running. */
  public boolean isLive() {
    return watchThread != null
        && watchThread.isAlive()
        && memberThread.isAlive()
        && leaders.values().stream().noneMatch(PartitionLeader::hasEnded);
  }

  /** The partitions that this process leads or is about to lead. */
  public Set<Integer> partitions() {
    return Set.copyOf(leaders.keySet());
  }

  /** Records of its partitions that were written but not read yet. */
  public long lag() {
    return leaders.values().stream().mapToLong(PartitionLeader::lag).sum();
  }

  /** What keeps it from being ready, in a few words. */
  public String state() {
    if (watch.fresh() == null) {
      return "Kafka is not reachable";
    }
    if (!member.isJoined()) {
      return "joining the group of schedulers";
    }
    return leaders.values().stream().allMatch(PartitionLeader::isCaughtUp)
        ? "caught up"
        : "catching up";
  }

  /** Ends: what is being written is still written, then the partitions are given back. */
  @Override
  public void close() {
    new Leading().taken(partitions());
    member.stop();
    watch.stop();
    try {
      for (Thread thread : new Thread[] {memberThread, watchThread}) {
        if (thread != null && !thread.join(LAST_PLAN)) {
          LOG.warnf("%s did not end in time", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deadLetters.close();
  }

  private final class Leading implements GroupMember.Ownership {
    @Override
    public void given(Set<Integer> partitions) {
      for (int partition : partitions) {
        PartitionLeader leader =
            new PartitionLeader(
                partition, settings, clients, watch, deadLetters, brains, telemetry, clock);
        PartitionLeader before = leaders.put(partition, leader);
        if (before != null) {
          before.stop();
        }
        Thread.ofPlatform().name("berth-partition-" + partition).start(leader);
      }
    }

    @Override
    public void taken(Set<Integer> partitions) {
      List<PartitionLeader> ending = new ArrayList<>();
      for (int partition : partitions) {
        PartitionLeader leader = leaders.remove(partition);
        if (leader != null) {
          leader.stop();
          ending.add(leader);
        }
      }
      long deadline = System.nanoTime() + LAST_PLAN.toNanos();
      try {
        for (PartitionLeader leader : ending) {
          Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
          if (!leader.awaitEnd(left)) {
            // Its successor fences it; nothing it still writes can be committed after that.
            LOG.warnf(
                "Partition %d: still ending after %d s",
                leader.partition(), TimeUnit.MILLISECONDS.toSeconds(LAST_PLAN.toMillis()));
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void lost(Set<Integer> partitions) {
      for (int partition : partitions) {
        PartitionLeader leader = leaders.remove(partition);
        if (leader != null) {
          leader.stop();
        }
      }
    }
  }
}
