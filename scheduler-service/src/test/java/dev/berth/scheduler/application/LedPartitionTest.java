package dev.berth.scheduler.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.cluster.ClusterStatus;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.scheduler.domain.records.OutgoingRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedPartitionTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration FULL = Duration.ofSeconds(30);
  private static final Partitions PARTITIONS = new Partitions(2, 1, 1);

  private final Map<String, RecordingBrain> brains = new LinkedHashMap<>();
  private final RecordingTelemetry telemetry = new RecordingTelemetry();
  private final List<List<OutgoingRecord>> written = new ArrayList<>();
  private final String mine = clusterIn(0, "a");
  private final String alsoMine = clusterIn(0, "b");
  private final String other = clusterIn(1, "c");
  private final LedPartition partition =
      new LedPartition(
          0,
          7,
          PARTITIONS,
          (cluster, epoch) ->
              brains.computeIfAbsent(cluster, name -> new RecordingBrain(name, epoch)),
          telemetry,
          FULL);

  @Test
  void onlyTheClusterThatARecordIsAboutIsDecided() {
    foldBoth();
    partition.caughtUp(NOW);
    decide(NOW);

    partition.fold(cluster(mine));
    decide(NOW.plusSeconds(1));

    assertThat(brains.get(mine).decisions).containsExactly("part", "changed");
    assertThat(brains.get(alsoMine).decisions).containsExactly("part");
  }

  @Test
  void nothingHeardNothingDecidedUntilTheFullReconcile() {
    foldBoth();
    partition.caughtUp(NOW);
    decide(NOW);

    decide(NOW.plus(FULL).minusMillis(1));
    assertThat(brains.get(mine).decisions).containsExactly("part");
    assertThat(partition.wakeUpAt(NOW.plusSeconds(1))).isEqualTo(NOW.plus(FULL));

    decide(NOW.plus(FULL));
    assertThat(brains.get(mine).decisions).containsExactly("part", "part");
  }

  @Test
  void aLargeClusterIsLookedAtInPartsThatAreSpreadOverTheInterval() {
    foldBoth();
    partition.caughtUp(NOW);
    brains.get(mine).parts = 3;
    decide(NOW);
    assertThat(partition.wakeUpAt(NOW)).isEqualTo(NOW.plusSeconds(10));

    for (int second = 1; second <= 30; second++) {
      decide(NOW.plusSeconds(second));
    }

    assertThat(brains.get(mine).decisions).containsExactly("part", "part", "part", "part");
    assertThat(brains.get(alsoMine).decisions).containsExactly("part", "part");
  }

  @Test
  void aPlansTimeWakesItsClusterOnly() {
    foldBoth();
    partition.caughtUp(NOW);
    brains.get(mine).wakeUpAt = NOW.plusSeconds(3);
    decide(NOW);

    assertThat(partition.wakeUpAt(NOW)).isEqualTo(NOW.plusSeconds(3));
    brains.get(mine).wakeUpAt = null;
    decide(NOW.plusSeconds(3));

    assertThat(brains.get(mine).decisions).containsExactly("part", "changed");
    assertThat(brains.get(alsoMine).decisions).containsExactly("part");
  }

  @Test
  void aPlanThatCannotBeWrittenEndsTheLeadership() {
    foldBoth();
    partition.caughtUp(NOW);
    brains.get(mine).plan = List.of(new OutgoingRecord(Topic.TASK_VERDICT, "t", mine, null));

    assertThatThrownBy(
            () ->
                partition.decide(
                    NOW,
                    (plan, at) -> {
                      throw new LeadershipLostException("fenced");
                    }))
        .isInstanceOf(LeadershipLostException.class);
    assertThat(telemetry.committed).isZero();
  }

  @Test
  void aDefectInOneClusterLeavesTheOthersGoingAndIsTriedFromTheLogAgain() {
    foldBoth();
    partition.caughtUp(NOW);
    brains.get(mine).defect = new IllegalStateException("broken");
    brains.get(alsoMine).plan =
        List.of(new OutgoingRecord(Topic.TASK_VERDICT, "t", alsoMine, null));

    decide(NOW);

    assertThat(written).hasSize(1);
    assertThat(telemetry.defects).isEqualTo(1);
    decide(NOW.plusSeconds(1));
    assertThat(brains.get(mine).decisions).isEmpty();
    assertThatThrownBy(() -> decide(NOW.plus(FULL))).isInstanceOf(LeadershipLostException.class);
  }

  @Test
  void aClusterWithoutAnyAssignmentAtTakeOverMayHaveBeenForgotten() {
    partition.fold(assignment(mine));
    partition.fold(cluster(mine));
    partition.fold(cluster(alsoMine));

    partition.caughtUp(NOW);

    assertThat(brains.get(mine).recoveringSince).containsExactly((Instant) null);
    assertThat(brains.get(alsoMine).recoveringSince).containsExactly(NOW);
  }

  @Test
  void assignmentsThatWereWrittenBeforeAllWasAccountedForDoNotProveThatTheLogIsComplete() {
    partition.fold(assignment(mine, NOW.minusSeconds(9)));
    partition.fold(assignment(mine, NOW.minusSeconds(3)));
    partition.fold(assignment(mine, NOW.minusSeconds(5)));
    partition.fold(assignment(alsoMine, NOW.minusSeconds(3)));
    partition.fold(assignment(alsoMine));

    partition.caughtUp(NOW);

    assertThat(brains.get(mine).recoveringSince).containsExactly(NOW.minusSeconds(3));
    assertThat(brains.get(alsoMine).recoveringSince).containsExactly((Instant) null);
  }

  @Test
  void whatIsOlderThanTheLeadershipInAClusterThatTurnsUpLaterMayHaveBeenForgotten() {
    partition.caughtUp(NOW);
    partition.caughtUp(NOW.plusSeconds(60));

    partition.fold(cluster(mine));

    assertThat(brains.get(mine).recoveringSince).containsExactly(NOW);
    assertThat(brains.get(mine).epoch).isEqualTo(7);
  }

  @Test
  void whatIsAboutNoClusterReachesAllOfThemAlsoLaterOnes() {
    partition.fold(cluster(mine));
    LogEntry balancer =
        new LogEntry(
            Topic.LOAD_BALANCER_DESIRED,
            "lb",
            new LoadBalancerDesired(
                "lb", "arn", 1, null, null, List.of(), List.of(), NOW, null, null, null, null, null,
                null, null, null),
            NOW);

    partition.fold(balancer);
    partition.fold(cluster(alsoMine));

    assertThat(brains.get(mine).folded).contains(balancer);
    assertThat(brains.get(alsoMine).folded).contains(balancer);
  }

  @Test
  void targetsOfOtherPartitionsClustersAreNotOurs() {
    partition.fold(target(other, "t"));

    assertThat(brains).isEmpty();
  }

  @Test
  void targetsRegisteredByHandAreNobodysAndNoDefect() {
    partition.fold(target(null, null));

    assertThat(brains).isEmpty();
  }

  @Test
  void aClusterInTheWrongPartitionIsRefused() {
    assertThatThrownBy(() -> partition.fold(cluster(other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(other);
    assertThatThrownBy(() -> partition.fold(cluster(null)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void foldBoth() {
    partition.fold(cluster(mine));
    partition.fold(cluster(alsoMine));
  }

  private void decide(Instant now) {
    partition.decide(now, (plan, at) -> written.add(plan));
  }

  private static LogEntry target(String cluster, String taskId) {
    TargetStatus status =
        new TargetStatus(
            "g",
            "t:80",
            "lb",
            1,
            cluster,
            taskId,
            TargetHealthState.HEALTHY,
            null,
            null,
            NOW,
            null,
            null,
            null);
    return new LogEntry(Topic.TARGET_STATUS, "k", status, NOW);
  }

  private static LogEntry cluster(String name) {
    return new LogEntry(
        Topic.CLUSTER_DESIRED,
        String.valueOf(name),
        new ClusterDesired(
            name,
            1,
            null,
            null,
            ClusterStatus.ACTIVE,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            NOW,
            List.of()),
        NOW);
  }

  private static LogEntry assignment(String cluster) {
    return assignment(cluster, null);
  }

  private static LogEntry assignment(String cluster, Instant recoveringSince) {
    return new LogEntry(
        Topic.TASK_ASSIGNMENT,
        "t",
        new TaskAssignment(
            "t",
            cluster,
            1,
            6,
            "i",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            TaskLifecycle.RUNNING,
            null,
            null,
            List.of(),
            NOW,
            null,
            null,
            null,
            recoveringSince),
        NOW);
  }

  private static String clusterIn(int partition, String prefix) {
    int n = 0;
    while (PARTITIONS.ofCluster(prefix + n) != partition) {
      n++;
    }
    return prefix + n;
  }

  private static final class RecordingBrain implements ClusterBrain {
    private final long epoch;
    private final List<LogEntry> folded = new ArrayList<>();
    private final List<String> decisions = new ArrayList<>();
    private final List<Instant> recoveringSince = new ArrayList<>();
    private List<OutgoingRecord> plan = List.of();
    private Instant wakeUpAt;
    private int parts = 1;
    private RuntimeException defect;

    private RecordingBrain(String cluster, long epoch) {
      assertThat(cluster).isNotNull();
      this.epoch = epoch;
    }

    @Override
    public boolean fold(LogEntry entry) {
      return folded.add(entry);
    }

    @Override
    public void caughtUp(Instant now, Instant since) {
      recoveringSince.add(since);
    }

    @Override
    public int parts() {
      return parts;
    }

    @Override
    public Outcome decide(Instant now, boolean nextPart) {
      if (defect != null) {
        throw defect;
      }
      decisions.add(nextPart ? "part" : "changed");
      return new Outcome(plan, wakeUpAt);
    }
  }

  private static final class RecordingTelemetry implements DecisionTelemetry {
    private int committed;
    private int defects;

    @Override
    public void reconciled(String cluster, Duration took) {}

    @Override
    public void committed(String cluster, List<OutgoingRecord> plan, Duration took) {
      committed++;
    }

    @Override
    public void transactionFailed(int number, Throwable cause) {
      throw new AssertionError(cause);
    }

    @Override
    public void reconcileFailed(String cluster, RuntimeException defect) {
      defects++;
    }
  }
}
