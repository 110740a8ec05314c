package dev.berth.scheduler.application;

import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.task.TaskAssignment;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The clusters of one partition, as its leader knows them: built from the log when the leadership
 * begins, decided from then on. Used by one thread.
 *
 * <p>A decision enters the state as it is taken. If it then can't be written, the state says more
 * than the log does, and the whole object has to go.
 */
public final class LedPartition {
  /** No cluster is decided more often than this by its own wish; what is heard counts at once. */
  private static final Duration SHORTEST_NAP = Duration.ofMillis(5);

  private final int partition;
  private final long epoch;
  private final Partitions partitions;
  private final ClusterBrain.Factory brains;
  private final DecisionTelemetry telemetry;
  private final Duration fullReconcileInterval;
  private final Map<String, Cluster> clusters = new HashMap<>();
  private final Map<String, LogEntry> loadBalancers = new HashMap<>();
  private final Set<String> remembered = new HashSet<>();
  private final Map<String, Instant> recovering = new HashMap<>();
  private Instant ledSince;
  private Instant caughtUpAt;
  private Instant readAgainAt;

  /**
   * @param epoch counts the leaderships of the partition
   * @param fullReconcileInterval within which all of every cluster is looked at although nothing
   *     was heard; a large one a part at a time
   */
  public LedPartition(
      int partition,
      long epoch,
      Partitions partitions,
      ClusterBrain.Factory brains,
      DecisionTelemetry telemetry,
      Duration fullReconcileInterval) {
    this.partition = partition;
    this.epoch = epoch;
    this.partitions = partitions;
    this.brains = brains;
    this.telemetry = telemetry;
    this.fullReconcileInterval = fullReconcileInterval;
  }

  /**
   * Takes a record into the state. A record about a cluster of another partition changes nothing:
   * topics with one partition carry those of all.
   *
   * @throws RuntimeException if the record lacks what every such record has; it is then left out
   */
  public void fold(LogEntry entry) {
    if (entry.topic() == Topic.LOAD_BALANCER_DESIRED) {
      remember(entry);
      foldEverywhere(entry);
    } else if (entry.value() == null) {
      // A tombstone has only its key, which doesn't tell the cluster; whom it isn't for ignores it.
      foldEverywhere(entry);
    } else if (!isOfATargetRegisteredByHand(entry.value())) {
      foldOne(entry);
    }
  }

  /** Such a target is no task's, and so no cluster's. */
  private static boolean isOfATargetRegisteredByHand(Object value) {
    return value instanceof TargetStatus seen && seen.taskId() == null;
  }

  private void remember(LogEntry entry) {
    if (entry.value() instanceof LoadBalancerDesired) {
      loadBalancers.put(entry.key(), entry);
    } else {
      loadBalancers.remove(entry.key());
    }
  }

  /**
   * An earlier leader that hadn't accounted for everything yet wrote that into all it decided: only
   * a record without that proves that the log is complete.
   */
  private void remember(String cluster, TaskAssignment memory) {
    if (memory.recoveringSince() == null) {
      remembered.add(cluster);
    } else {
      recovering.merge(
          cluster,
          memory.recoveringSince(),
          (known, other) -> known.isAfter(other) ? known : other);
    }
  }

  private Instant recoveringSince(String cluster) {
    return remembered.contains(cluster) ? null : recovering.getOrDefault(cluster, ledSince);
  }

  private void foldEverywhere(LogEntry entry) {
    for (Cluster cluster : clusters.values()) {
      cluster.due |= cluster.brain.fold(entry);
    }
  }

  private void foldOne(LogEntry entry) {
    String name = ClusterOf.record(entry.value());
    if (partitions.ofCluster(name) != partition) {
      if (entry.topic().partitionedBy() == Topic.PartitionedBy.CLUSTER) {
        throw new IllegalArgumentException("Cluster " + name + " belongs to another partition");
      }
      return;
    }
    if (entry.value() instanceof TaskAssignment memory) {
      remember(name, memory);
    }
    Cluster cluster = clusters.get(name);
    if (cluster == null) {
      cluster = new Cluster(brains.create(name, epoch));
      for (LogEntry loadBalancer : loadBalancers.values()) {
        cluster.brain.fold(loadBalancer);
      }
      if (caughtUpAt != null) {
        // It is new, or nobody had written anything anew yet when an emptied log was read. Nothing
        // of a new cluster is older than this leadership, so that nothing of it waits.
        cluster.brain.caughtUp(caughtUpAt, ledSince);
      }
      clusters.put(name, cluster);
    }
    cluster.due |= cluster.brain.fold(entry);
  }

  /**
   * Everything that was written has been folded; to be said again after the log was out of reach.
   */
  public void caughtUp(Instant now) {
    caughtUpAt = now;
    if (ledSince == null) {
      ledSince = now;
    }
    clusters.forEach(
        (name, cluster) -> {
          cluster.brain.caughtUp(now, recoveringSince(name));
          cluster.due = true;
        });
  }

  /** When {@link #decide} has to be called although nothing is heard. */
  public Instant wakeUpAt(Instant now) {
    Instant first = now.plus(fullReconcileInterval);
    for (Cluster cluster : clusters.values()) {
      if (cluster.broken) {
        continue;
      }
      Instant at = cluster.due ? now : earlier(cluster.wakeUpAt, cluster.nextPartAt);
      if (at.isBefore(first)) {
        first = at;
      }
    }
    return first;
  }

  /**
   * Decides the clusters that changed or whose time has come; each plan is written as one. A
   * cluster whose decision fails with a defect is left alone until the partition is read again,
   * which is asked for after a while; the others go on.
   *
   * @throws LeadershipLostException if a plan could not be written: this object must be thrown away
   */
  public void decide(Instant now, DecisionLog log) {
    if (readAgainAt != null && !now.isBefore(readAgainAt)) {
      throw new LeadershipLostException("A cluster could not be decided; reading everything again");
    }
    for (Map.Entry<String, Cluster> entry : clusters.entrySet()) {
      Cluster cluster = entry.getValue();
      boolean nextPart = !now.isBefore(cluster.nextPartAt);
      boolean timeHasCome =
          nextPart || (cluster.wakeUpAt != null && !now.isBefore(cluster.wakeUpAt));
      if ((cluster.due || timeHasCome) && !cluster.broken) {
        decide(entry.getKey(), cluster, now, nextPart, log);
      }
    }
  }

  private void decide(
      String name, Cluster cluster, Instant now, boolean nextPart, DecisionLog log) {
    long began = System.nanoTime();
    ClusterBrain.Outcome outcome;
    try {
      outcome = cluster.brain.decide(now, nextPart);
    } catch (RuntimeException defect) {
      telemetry.reconcileFailed(name, defect);
      // What it has taken into its state by then was never written, so its state is worth nothing.
      cluster.broken = true;
      if (readAgainAt == null) {
        readAgainAt = now.plus(fullReconcileInterval);
      }
      return;
    }
    telemetry.reconciled(name, Duration.ofNanos(System.nanoTime() - began));
    cluster.due = false;
    cluster.wakeUpAt = notBefore(now.plus(SHORTEST_NAP), outcome.wakeUpAt());
    if (nextPart) {
      cluster.nextPartAt = now.plus(fullReconcileInterval.dividedBy(cluster.brain.parts()));
    }
    if (!outcome.records().isEmpty()) {
      log.commit(outcome.records(), now);
      telemetry.committed(name, outcome.records(), Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** The names of the clusters of this partition. */
  public Collection<String> clusters() {
    return List.copyOf(clusters.keySet());
  }

  private static Instant notBefore(Instant earliest, Instant optional) {
    return optional == null || !optional.isBefore(earliest) ? optional : earliest;
  }

  private static Instant earlier(Instant optional, Instant other) {
    return optional == null || other.isBefore(optional) ? other : optional;
  }

  private static final class Cluster {
    private final ClusterBrain brain;
    private boolean due = true;
    private Instant wakeUpAt;
    private Instant nextPartAt = Instant.MIN;
    private boolean broken;

    private Cluster(ClusterBrain brain) {
      this.brain = brain;
    }
  }
}
