package dev.berth.benchmarks.scheduler;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.scheduler.domain.Plan;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What it costs to look at a whole cluster in which all is well, to follow one event, and to know
 * the cluster, in CPU time and memory. The peer of memory is a plain copy of the same records.
 */
final class ReconcileFigures {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int EVENTS = 1_000;
  private static final int WARM_UP_EVENTS = 3_000;

  private ReconcileFigures() {}

  /**
   * Measures.
   *
   * @param args how many tasks; how many of them make a service
   */
  public static void main(String[] args) {
    int tasks = Integer.parseInt(args[0]);
    int each = Integer.parseInt(args[1]);
    ClusterRecords records = new ClusterRecords(Math.max(6, tasks / 50), tasks / each, each);
    if (tasks >= 10_000 && tasks <= 100_000) {
      Fork.result("copy", (double) copy(records) / tasks);
    }
    long before = Fork.retained();
    MeasuredCluster cluster = MeasuredCluster.of(records);
    // A few megabytes are lost among what the VM itself has taken and given back.
    if (tasks >= 10_000) {
      Fork.result("bytes", (double) (Fork.retained() - before) / tasks);
    }
    // The compiler's work is done on another cluster, so that a small one is as warm as a large
    // one.
    warmUp();
    full(cluster);
    parts(cluster);
    // Those of one service of 20,000 take tens of milliseconds each.
    events(cluster, records, Math.clamp(2_000_000 / each, 100, EVENTS))
        .forEach(
            (name, micros) -> {
              Fork.result(name + " p50", Fork.median(micros));
              Fork.result(name + " p99", Fork.percentile(micros, 99));
            });
  }

  private static void warmUp() {
    ClusterRecords records = ClusterRecords.ofTasks(20_000);
    events(MeasuredCluster.of(records), records, WARM_UP_EVENTS);
  }

  private static void full(MeasuredCluster cluster) {
    List<Double> millis = new ArrayList<>();
    int looks = cluster.state().parts() > 1_000 ? 3 : 7;
    for (int i = 0; i < looks; i++) {
      long began = System.nanoTime();
      Plan plan = cluster.planAll();
      millis.add((System.nanoTime() - began) / 1e6);
      if (!plan.isEmpty()) {
        throw new IllegalStateException("Something was left to decide");
      }
    }
    Fork.result("full ms", Fork.median(millis));
  }

  /** All of it once, as a scheduler looks at it: a part at a time. */
  private static void parts(MeasuredCluster cluster) {
    List<Double> millis = new ArrayList<>();
    int parts = cluster.state().parts();
    for (int i = 0; i < parts; i++) {
      long began = System.nanoTime();
      Plan plan = cluster.planPart();
      millis.add((System.nanoTime() - began) / 1e6);
      if (!plan.isEmpty()) {
        throw new IllegalStateException("Something was left to decide");
      }
    }
    Fork.result("parts", parts);
    Fork.result("part ms p50", Fork.median(millis));
    Fork.result("part ms p99", Fork.percentile(millis, 99));
  }

  private static Map<String, List<Double>> events(
      MeasuredCluster cluster, ClusterRecords records, int count) {
    Map<String, List<Double>> micros = new LinkedHashMap<>();
    int stride = Math.max(1, records.tasks() / count);
    for (int i = 0; i < count; i++) {
      int task = i * stride % records.tasks();
      byte[] heartbeat = cluster.heartbeat(task % records.instances());
      byte[] running = cluster.running(task);
      byte[] stopped = cluster.stopped(task);
      add(micros, "heartbeat", follow(cluster, () -> cluster.foldHeartbeat(heartbeat), 0));
      add(micros, "status", follow(cluster, () -> cluster.foldStatus(running), 0));
      // Each task ends once; half of a small service's go on running.
      if (i < records.tasks() / 2) {
        add(micros, "end", follow(cluster, () -> cluster.foldStatus(stopped), 1));
      }
    }
    return micros;
  }

  private static void add(Map<String, List<Double>> micros, String name, double value) {
    micros.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }

  private static double follow(MeasuredCluster cluster, Runnable event, int placements) {
    long began = THREADS.getCurrentThreadCpuTime();
    event.run();
    Plan plan = cluster.plan();
    long nanos = THREADS.getCurrentThreadCpuTime() - began;
    if (MeasuredCluster.placed(plan) != placements) {
      throw new IllegalStateException("An event led to " + plan.decisions());
    }
    return nanos / 1e3;
  }

  /** Bytes of a map of the tasks' records and nothing else. */
  private static long copy(ClusterRecords records) {
    long before = Fork.retained();
    Map<String, TaskAssignment> assignments = new HashMap<>();
    Map<String, TaskStatus> statuses = new HashMap<>();
    for (int task = 0; task < records.tasks(); task++) {
      TaskAssignment assignment = EventJson.read(records.assignment(task), TaskAssignment.class);
      assignments.put(assignment.taskId(), assignment);
      TaskStatus status = EventJson.read(records.running(task, 1), TaskStatus.class);
      statuses.put(status.taskId(), status);
    }
    long retained = Fork.retained() - before;
    if (assignments.size() + statuses.size() != 2 * records.tasks()) {
      throw new IllegalStateException("Tasks share their ids");
    }
    return retained;
  }
}
