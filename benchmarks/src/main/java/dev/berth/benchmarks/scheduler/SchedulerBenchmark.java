package dev.berth.benchmarks.scheduler;

import dev.berth.scheduler.domain.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Placement, incremental and full reconciles and start-up, by the size of the cluster; writes
 * tables and plots. {@code SchedulerBenchmark FOLDER}
 */
public final class SchedulerBenchmark {
  private static final int[] INSTANCES = {100, 1_000, 5_000, 20_000};
  private static final int TASKS_PER_INSTANCE = 20;
  private static final int AT_ONCE = 1_000;
  private static final Map<String, String[]> WAYS = new LinkedHashMap<>();

  static {
    WAYS.put(
        "spread", new String[] {"[{'type':'spread','field':'attribute:ecs.availability-zone'},"
            + "{'type':'spread','field':'instanceId'}]", "[]"});
    WAYS.put("binpack", new String[] {"[{'type':'binpack','field':'memory'}]", "[]"});
    WAYS.put(
        "constraints",
        new String[] {
          "[{'type':'spread','field':'instanceId'}]",
          "[{'type':'memberOf','expression':'attribute:ecs.instance-type =~ type-[0-4] and not(attribute:ecs.availability-zone == zone-2)'}]"
        });
  }

  private final StringBuilder tables = new StringBuilder();
  private final Path folder;

  private SchedulerBenchmark(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    SchedulerBenchmark benchmark = new SchedulerBenchmark(Path.of(arguments[0]));
    benchmark.byInstances();
    benchmark.startUp();
    benchmark.full();
    Files.writeString(benchmark.folder.resolve("scheduler.md"), benchmark.tables);
  }

  private void say(String format, Object... arguments) {
    String line = String.format(Locale.ROOT, format, arguments);
    System.out.println(line);
    tables.append(line).append('\n');
  }

  private void byInstances() throws IOException {
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    Map<String, List<Double>> incremental = new LinkedHashMap<>();
    incremental.put("a task ends", new ArrayList<>());
    say("| instances | tasks running | spread, tasks/s | binpack, tasks/s | constraints, tasks/s | reconcile after one event: median, 99 %% |");
    say("|---|---|---|---|---|---|");
    // The compiler's share goes to a run that isn't counted.
    measure(1_000, new LinkedHashMap<>(), new ArrayList<>(), false);
    for (int instances : INSTANCES) {
      measure(instances, rates, incremental.get("a task ends"), true);
    }
    List<Double> x = Arrays.stream(INSTANCES).mapToObj(i -> (double) i).toList();
    Files.writeString(
        folder.resolve("scheduler-placement.svg"),
        Plot.svg("Placements by one thread", "container instances (20 tasks each)", "tasks/s", x, rates));
    Files.writeString(
        folder.resolve("scheduler-incremental.svg"),
        Plot.svg(
            "Reconcile after one event, median",
            "container instances (20 tasks each)",
            "microseconds",
            x,
            incremental));
  }

  private void measure(
      int instances, Map<String, List<Double>> rates, List<Double> medians, boolean counts) {
    int tasks = instances * TASKS_PER_INSTANCE;
    MeasuredCluster cluster =
        new MeasuredCluster(instances).with(tasks / 200, 200).ready();
    List<String> cells = new ArrayList<>();
    for (Map.Entry<String, String[]> way : WAYS.entrySet()) {
      double rate = placements(cluster, way.getKey(), way.getValue());
      rates.computeIfAbsent(way.getKey(), key -> new ArrayList<>()).add(rate);
      cells.add("%,.0f".formatted(rate));
    }
    double[] micros = new double[Math.min(1_000, tasks / 200)];
    for (int i = 0; i < micros.length; i++) {
      // A task of another service each time.
      cluster.oneTaskEnds(i * 200);
      long began = System.nanoTime();
      Plan plan = cluster.plan();
      micros[i] = (System.nanoTime() - began) / 1e3;
      if (MeasuredCluster.placed(plan) != 1) {
        throw new IllegalStateException("Nothing took the task's place");
      }
    }
    Arrays.sort(micros);
    medians.add(micros[micros.length / 2]);
    if (counts) {
      say(
          "| %,d | %,d | %s | %.0f us, %.0f us |",
          instances,
          tasks,
          String.join(" | ", cells),
          micros[micros.length / 2],
          micros[micros.length * 99 / 100]);
    }
  }

  private static double placements(MeasuredCluster cluster, String name, String... way) {
    double[] rates = new double[5];
    for (int round = 0; round < rates.length; round++) {
      cluster.want(name + round, AT_ONCE, way[0], way[1]);
      long began = System.nanoTime();
      int placed = MeasuredCluster.placed(cluster.plan());
      rates[round] = placed / ((System.nanoTime() - began) / 1e9);
      if (placed != AT_ONCE) {
        throw new IllegalStateException("Placed " + placed + " of " + AT_ONCE);
      }
    }
    Arrays.sort(rates);
    return rates[rates.length / 2];
  }

  private void startUp() {
    say("");
    say("| tasks | instances | decode and fold | until the first plan is made | heap |");
    say("|---|---|---|---|---|");
    for (int[] size : new int[][] {{1_000, 50}, {1_000, 50}, {100_000, 5_000}, {1_000_000, 20_000}}) {
      int services = size[0] / 200;
      MeasuredCluster cluster = new MeasuredCluster(size[1]);
      List<List<byte[]>> records = new ArrayList<>();
      for (int s = 0; s < services; s++) {
        records.add(cluster.recordsOfService("s" + s, 200));
      }
      long began = System.nanoTime();
      for (List<byte[]> service : records) {
        for (int i = 0; i < service.size(); i++) {
          cluster.fold(service.get(i), i);
        }
      }
      double folded = (System.nanoTime() - began) / 1e6;
      cluster.ready();
      double ready = (System.nanoTime() - began) / 1e6;
      records.clear();
      say(
          "| %,d | %,d | %,.0f ms | %,.0f ms | %,d MiB |", size[0], size[1], folded, ready, heap());
      if (MeasuredCluster.placed(cluster.plan()) != 0) {
        throw new IllegalStateException("Something was placed");
      }
    }
  }

  private void full() {
    say("");
    say("| services | tasks | instances | full reconcile, median of 5 | heap |");
    say("|---|---|---|---|---|");
    MeasuredCluster cluster = new MeasuredCluster(20_000).with(5_000, 200).ready();
    double[] millis = new double[5];
    for (int i = 0; i < millis.length; i++) {
      long began = System.nanoTime();
      cluster.planAll();
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    Arrays.sort(millis);
    say("| 5,000 | 1,000,000 | 20,000 | %,.0f ms | %,d MiB |", millis[2], heap());
    if (!cluster.plan().isEmpty()) {
      throw new IllegalStateException("Something was left to decide");
    }
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }
}
