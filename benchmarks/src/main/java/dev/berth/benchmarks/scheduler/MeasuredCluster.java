package dev.berth.benchmarks.scheduler;

import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.scheduler.adapter.kafka.RecordReader;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.IdSource;
import dev.berth.scheduler.domain.Plan;
import dev.berth.scheduler.domain.SchedulerSettings;
import dev.berth.scheduler.domain.reconcile.Reconciler;
import dev.berth.scheduler.domain.state.ClusterState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A cluster as its scheduler knows it: read from records, as at a start. */
final class MeasuredCluster {
  static final Instant START = Instant.parse("2026-01-02T00:00:00Z");

  private final ClusterRecords records;
  private final ClusterState state =
      new ClusterState(
          ClusterRecords.CLUSTER, ClusterRecords.INSTALLATION, 1, SchedulerSettings.DEFAULT);
  private final Ids ids = new Ids();
  private long version = 1;

  private MeasuredCluster(ClusterRecords records) {
    this.records = records;
  }

  /** Everything is known, all tasks run, heartbeats are fresh. */
  static MeasuredCluster of(ClusterRecords records) {
    MeasuredCluster cluster = new MeasuredCluster(records);
    cluster.read();
    cluster.state.caughtUp(START, null);
    Plan plan = cluster.planAll();
    if (!plan.isEmpty()) {
      throw new IllegalStateException(
          "All is well, but was decided: " + plan.decisions().getFirst());
    }
    return cluster;
  }

  private void read() {
    state.records().on(RecordReader.read(ClusterRecords.cluster(), ClusterDesired.class));
    for (int task = 0; task < records.tasks(); task++) {
      state.records().on(RecordReader.read(records.assignment(task), TaskAssignment.class));
    }
    for (int service = 0; service < records.services(); service++) {
      state
          .records()
          .on(RecordReader.read(records.serviceStatus(service, START), ServiceStatus.class));
    }
    for (int i = 0; i < records.instances(); i++) {
      state
          .records()
          .on(RecordReader.read(ClusterRecords.instanceDesired(i), ContainerInstanceDesired.class));
    }
    for (int service = 0; service < records.services(); service++) {
      want(
          ClusterRecords.service(service), records.tasksPerService(), 1, ClusterRecords.Way.SPREAD);
    }
    for (int i = 0; i < records.instances(); i++) {
      state
          .records()
          .on(RecordReader.read(ClusterRecords.instanceStatus(i), ContainerInstanceStatus.class));
      foldHeartbeat(heartbeat(i));
    }
    for (int task = 0; task < records.tasks(); task++) {
      foldStatus(running(task));
    }
  }

  /** A heartbeat, newer than all before. */
  byte[] heartbeat(int instance) {
    return ClusterRecords.heartbeat(instance, ++version, START);
  }

  /** A node says again that a task runs. */
  byte[] running(int task) {
    return records.running(task, ++version);
  }

  /** A node says that a task has ended; its service is one short. */
  byte[] stopped(int task) {
    return records.stopped(task, ++version);
  }

  void foldHeartbeat(byte[] heartbeat) {
    state.records().on(RecordReader.read(heartbeat, ContainerInstanceHeartbeat.class), START);
  }

  void foldStatus(byte[] status) {
    state.records().on(RecordReader.read(status, TaskStatus.class));
  }

  /** Users want a service. */
  void want(String name, int count, ClusterRecords.Way way) {
    want(name, count, ++version, way);
  }

  private void want(String name, int count, long wantedVersion, ClusterRecords.Way way) {
    state
        .records()
        .on(
            RecordReader.read(
                ClusterRecords.serviceDesired(name, count, wantedVersion, way),
                ServiceDesired.class));
  }

  /** Users delete a service, and its tasks end and are forgotten. */
  void remove(String name, Plan placed) {
    state.records().removeService(name);
    List<TaskAssignment> tasks =
        placed.decisions().stream()
            .filter(Decision.PlaceTask.class::isInstance)
            .map(decision -> ((Decision.PlaceTask) decision).assignment())
            .filter(task -> task.serviceName().equals(name))
            .toList();
    for (TaskAssignment task : tasks) {
      state
          .records()
          .on(
              RecordReader.read(
                  ClusterRecords.stopped(task.taskId(), task.containerInstanceId(), name),
                  TaskStatus.class));
    }
    plan();
    tasks.forEach(task -> state.records().removeTaskStatus(task.taskId()));
    plan();
  }

  /** Decides what changed. */
  Plan plan() {
    return Reconciler.plan(state, START, ids);
  }

  /** Decides everything. */
  Plan planAll() {
    return Reconciler.planAll(state, START, ids);
  }

  /** Decides one more part of everything. */
  Plan planPart() {
    return Reconciler.planPart(state, START, ids);
  }

  ClusterState state() {
    return state;
  }

  static int placed(Plan plan) {
    int placed = 0;
    for (Decision decision : plan.decisions()) {
      placed += decision instanceof Decision.PlaceTask ? 1 : 0;
    }
    return placed;
  }

  /** Ids that cost nothing and are the same in each run. */
  private static final class Ids implements IdSource {
    private long next;
    private long random = 42;

    @Override
    public String nextTaskId() {
      return String.format(Locale.ROOT, "%032x", ++next);
    }

    @Override
    public String nextEventId() {
      return "event-" + ++next;
    }

    @Override
    public long nextRandom() {
      random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
      return random;
    }
  }
}
