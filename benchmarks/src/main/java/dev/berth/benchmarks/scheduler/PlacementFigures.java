package dev.berth.benchmarks.scheduler;

import dev.berth.scheduler.domain.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many tasks a second of one core's time places, records and all: 20 services of 50 tasks each
 * come into a cluster in which 20 tasks run on each instance, are decided in one plan, and go
 * again.
 */
final class PlacementFigures {
  private static final int TASKS_PER_INSTANCE = 20;
  private static final int SERVICES = 20;
  private static final int TASKS = 50;
  private static final int WARM_UP_ROUNDS = 12;
  private static final int ROUNDS = 12;

  private PlacementFigures() {}

  /**
   * Measures.
   *
   * @param args how many instances
   */
  public static void main(String[] args) {
    int instances = Integer.parseInt(args[0]);
    int services = instances * TASKS_PER_INSTANCE / 200;
    MeasuredCluster cluster =
        MeasuredCluster.of(new ClusterRecords(instances, Math.max(1, services), 200));
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (ClusterRecords.Way way : ClusterRecords.Way.ALL) {
        add(rates, way.name(), place(cluster, way, SERVICES, TASKS), round);
      }
      add(
          rates,
          "one service",
          place(cluster, ClusterRecords.Way.SPREAD, 1, SERVICES * TASKS),
          round);
    }
    rates.forEach((name, all) -> Fork.result(name, Fork.median(all)));
    for (ClusterRecords.Way way : ClusterRecords.Way.ALL) {
      Fork.result("scan " + way.name(), scan(cluster, way));
    }
  }

  private static void add(Map<String, List<Double>> rates, String name, double rate, int round) {
    if (round >= 0) {
      rates.computeIfAbsent(name, n -> new ArrayList<>()).add(rate);
    }
  }

  private static double place(
      MeasuredCluster cluster, ClusterRecords.Way way, int services, int tasks) {
    for (int i = 0; i < services; i++) {
      cluster.want("new-" + i, tasks, way);
    }
    long began = Fork.cpuNanos();
    Plan plan = cluster.plan();
    double seconds = (Fork.cpuNanos() - began) / 1e9;
    int placed = MeasuredCluster.placed(plan);
    if (placed != services * tasks) {
      throw new IllegalStateException("Placed " + placed + " of " + services * tasks);
    }
    for (int i = 0; i < services; i++) {
      cluster.remove("new-" + i, plan);
    }
    return placed / seconds;
  }

  private static double scan(MeasuredCluster cluster, ClusterRecords.Way way) {
    List<Double> rates = new ArrayList<>();
    int services = Math.max(1, 8_000 / cluster.state().instances().size());
    for (int round = 0; round < 5; round++) {
      NaiveScan scan = new NaiveScan(cluster.state().instances(), way);
      long began = Fork.cpuNanos();
      for (int i = 0; i < services; i++) {
        scan.place(TASKS);
      }
      rates.add(services * TASKS * 1e9 / (Fork.cpuNanos() - began));
    }
    return Fork.median(rates);
  }
}
