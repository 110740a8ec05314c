package dev.berth.benchmarks.scheduler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Placement, reconciles and start-up by the size of the cluster, as tables on standard output and
 * plots in {@code benchmarks/plots}.
 */
public final class SchedulerBenchmark {
  private static final int[] INSTANCES = {100, 1_000, 5_000, 20_000};
  private static final int[] TASKS = {1_000, 10_000, 100_000, 1_000_000};
  private static final int[] SERVICE_SIZES = {20, 200, 2_000, 20_000};

  private final Path root;

  private SchedulerBenchmark(Path root) {
    this.root = root;
  }

  /**
   * Measures all, or one of {@code placement}, {@code reconcile} and {@code start}.
   *
   * @param root the repository's root
   * @param parts what to measure; empty for all
   */
  public static void run(Path root, List<String> parts) throws IOException {
    SchedulerBenchmark benchmark = new SchedulerBenchmark(root);
    if (parts.isEmpty() || parts.contains("placement")) {
      benchmark.placement();
    }
    if (parts.isEmpty() || parts.contains("reconcile")) {
      benchmark.reconcile();
      benchmark.serviceSizes();
    }
    if (parts.isEmpty() || parts.contains("start")) {
      benchmark.startUp();
    }
  }

  private void placement() throws IOException {
    say(
        "Tasks placed per second of one core's time (a scan of all instances for each,"
            + " and the ratio)");
    say("");
    say("| way | %s |".formatted(joined(" | ", INSTANCES, "%,d instances")));
    say("|---|%s".formatted("---|".repeat(INSTANCES.length)));
    Map<String, List<Double>> curves = new LinkedHashMap<>();
    for (int instances : INSTANCES) {
      Fork.run(root, PlacementFigures.class, "3g", instances)
          .forEach((name, rate) -> curves.computeIfAbsent(name, n -> new ArrayList<>()).add(rate));
    }
    for (Map.Entry<String, List<Double>> curve : curves.entrySet()) {
      List<Double> scan = curves.get("scan " + curve.getKey());
      if (curve.getKey().startsWith("scan ")) {
        continue;
      }
      StringBuilder cells = new StringBuilder();
      for (int i = 0; i < INSTANCES.length; i++) {
        double rate = curve.getValue().get(i);
        cells.append(
            scan == null
                ? " %,.0f |".formatted(rate)
                : " %,.0f (%,.0f; %.3g) |".formatted(rate, scan.get(i), rate / scan.get(i)));
      }
      say("| %s |%s".formatted(curve.getKey(), cells));
    }
    Map<String, List<Double>> plotted = new LinkedHashMap<>(curves);
    plotted.keySet().removeIf(name -> name.startsWith("scan ") && !name.equals("scan spread"));
    plot(
        "scheduler-placement",
        new Plot(
            "Tasks placed per second of one core", "container instances, 20 tasks each", "tasks/s"),
        INSTANCES,
        plotted);
  }

  private void reconcile() throws IOException {
    say("");
    say(
        "| tasks | heartbeat, us p50 (p99) | status, us p50 (p99) | a task ends and is"
            + " replaced, us p50 (p99) | whole cluster, ms | in parts | a part, ms p50 (p99)"
            + " | heap, bytes a task (plain copy) |");
    say("|---|---|---|---|---|---|---|---|");
    Map<String, List<Double>> curves = new LinkedHashMap<>();
    for (int tasks : TASKS) {
      Map<String, Double> figures =
          Fork.run(root, ReconcileFigures.class, tasks >= 1_000_000 ? "8g" : "2g", tasks, 200);
      say(
          "| %,d | %s | %s | %s | %,.1f | %,.0f | %.1f (%.1f) | %s%s |"
              .formatted(
                  tasks,
                  event(figures, "heartbeat"),
                  event(figures, "status"),
                  event(figures, "end"),
                  figures.get("full ms"),
                  figures.get("parts"),
                  figures.get("part ms p50"),
                  figures.get("part ms p99"),
                  figures.containsKey("bytes") ? "%,.0f".formatted(figures.get("bytes")) : "",
                  figures.containsKey("copy") ? " (%,.0f)".formatted(figures.get("copy")) : ""));
      add(curves, "heartbeat", figures.get("heartbeat p50"));
      add(curves, "status", figures.get("status p50"));
      add(curves, "task ends", figures.get("end p50"));
      add(curves, "whole cluster", figures.get("full ms") * 1000);
      add(curves, "a part of it", figures.get("part ms p50") * 1000);
    }
    plot(
        "scheduler-reconcile",
        new Plot("Reconcile after one event, and of all", "tasks, 200 a service", "microseconds"),
        TASKS,
        curves);
  }

  private void serviceSizes() {
    say("");
    say(
        "| tasks of a service, of 100,000 | status, us p50 (p99) | a task ends and is"
            + " replaced, us p50 (p99) |");
    say("|---|---|---|");
    for (int size : SERVICE_SIZES) {
      Map<String, Double> figures = Fork.run(root, ReconcileFigures.class, "2g", 100_000, size);
      say("| %,d | %s | %s |".formatted(size, event(figures, "status"), event(figures, "end")));
    }
  }

  private void startUp() throws IOException {
    say("");
    say(
        "| tasks | until the first decision, s | CPU, s | the first decision, s | a reader"
            + " that does nothing, s | ratio | heap, MiB |");
    say("|---|---|---|---|---|---|---|");
    Map<String, List<Double>> curves = new LinkedHashMap<>();
    int[] sizes = {1_000, 100_000, 1_000_000};
    for (int tasks : sizes) {
      Map<String, Double> figures =
          Fork.run(root, StartUpFigures.class, tasks >= 1_000_000 ? "6g" : "2g", tasks);
      say(
          "| %,d | %.1f | %.1f | %.2f | %.1f | %.1f | %,.0f |"
              .formatted(
                  tasks,
                  figures.get("ready s"),
                  figures.get("ready cpu s"),
                  figures.get("first decision s"),
                  figures.get("read s"),
                  figures.get("ready s") / figures.get("read s"),
                  figures.get("heap MiB")));
      add(curves, "scheduler", figures.get("ready s"));
      add(curves, "a reader", figures.get("read s"));
    }
    plot(
        "scheduler-start",
        new Plot("Start-up from the topics", "tasks", "seconds until the first decision"),
        sizes,
        curves);
  }

  private static String event(Map<String, Double> figures, String name) {
    return "%.0f (%.0f)".formatted(figures.get(name + " p50"), figures.get(name + " p99"));
  }

  private void plot(String name, Plot plot, int[] x, Map<String, List<Double>> curves)
      throws IOException {
    Path folder = Files.createDirectories(root.resolve("benchmarks/plots"));
    Files.writeString(folder.resolve(name + ".svg"), plot.svg(x, curves));
  }

  private static void add(Map<String, List<Double>> curves, String name, double value) {
    curves.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }

  private static String joined(String separator, int[] values, String format) {
    List<String> texts = new ArrayList<>();
    for (int value : values) {
      texts.add(format.formatted(value));
    }
    return String.join(separator, texts);
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
