package dev.berth.benchmarks.cluster;

import dev.berth.benchmarks.HttpLine;
import dev.berth.benchmarks.Rounds;
import dev.berth.standalone.suite.Component;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two schedulers, of which the leading one is killed with SIGKILL: the time until a node reads the
 * first assignment that its successor has made.
 */
public final class FailOverBenchmark {
  private static final int TASKS = 2_000;
  private static final int TASKS_A_CALL = 10;
  private static final long BETWEEN_CALLS_MILLIS = 50;

  private final ControlPlane plane;
  private final SimulatedNodes nodes;
  private volatile boolean over;
  private volatile Exception failure;

  private FailOverBenchmark(ControlPlane plane, SimulatedNodes nodes) {
    this.plane = plane;
    this.nodes = nodes;
  }

  /**
   * Measures and prints the table.
   *
   * @param rounds 1 and more, a kill each
   */
  public static void run(Path root, int rounds) throws Exception {
    try (ControlPlane plane = ControlPlane.start(root);
        SimulatedNodes nodes =
            new SimulatedNodes(
                plane.bootstrapServers(),
                plane.installationId(),
                ClusterBenchmark.INSTANCES,
                ClusterBenchmark.ZONES)) {
      ClusterBenchmark.join(plane, nodes);
      ClusterBenchmark.register(plane);
      new FailOverBenchmark(plane, nodes).measure(rounds);
    }
  }

  private void measure(int rounds) throws IOException, InterruptedException {
    plane.call(
        "CreateService",
        "{\"serviceName\":\"filling\",\"taskDefinition\":\"simulated\",\"desiredCount\":%d}"
            .formatted(TASKS));
    ControlPlane.await("the cluster is filled", () -> nodes.answered() >= TASKS);
    plane.startSecondScheduler();
    Thread asking = Thread.ofPlatform().daemon(true).name("asking").start(this::ask);
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Component leader = plane.leaderOf("default");
      long answered = nodes.answered();
      ControlPlane.await("tasks are placed", () -> nodes.answered() > answered || failure != null);
      long epoch = nodes.newestLeadership().epoch();
      long killed = System.nanoTime();
      leader.process().kill();
      ControlPlane.await(
          "another scheduler places tasks",
          () -> nodes.newestLeadership().epoch() > epoch || failure != null);
      if (failure != null) {
        throw new IllegalStateException("RunTask failed", failure);
      }
      millis.add((nodes.newestLeadership().readAt() - killed) / 1e6);
      System.err.printf(Locale.ROOT, "round %d: %.0f ms%n", round + 1, millis.getLast());
      leader.start();
      ControlPlane.await(leader.name() + " is ready", leader::isReady);
    }
    over = true;
    asking.join();
    System.out.printf(
        Locale.ROOT,
        "| scheduler killed (SIGKILL), %,d instances, %,d and more tasks | median (range) of %d"
            + " |%n|---|---|%n| to its successor's first assignment, read by a node | %s |%n",
        nodes.count(),
        TASKS,
        rounds,
        new Rounds(millis).text());
  }

  /** RunTask goes on; while nobody decides, it is answered with tasks that are PROVISIONING. */
  private void ask() {
    byte[] call =
        plane
            .ecs()
            .signed(
                "RunTask",
                "{\"taskDefinition\":\"simulated\",\"count\":%d}".formatted(TASKS_A_CALL));
    try (HttpLine line = new HttpLine(plane.ecs().endpoint())) {
      while (!over) {
        HttpLine.Answer answer = line.exchange(call);
        if (answer.status() != 200) {
          throw new IllegalStateException("RunTask answered " + answer.body());
        }
        Pause.millis(BETWEEN_CALLS_MILLIS);
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }
}
