package dev.berth.benchmarks.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.benchmarks.HttpLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tasks a second from RunTask, and from CreateService, until the API says that they run: real
 * Kafka, PostgreSQL, api-service and scheduler-service, with container instances that answer at
 * once.
 */
public final class ClusterBenchmark {
  /** Container instances, and the zones they are in. */
  static final int INSTANCES = 500;

  static final int ZONES = 5;
  private static final int TASKS_A_CALL = 10;
  private static final int CALLERS = 64;
  private static final int FIRST_CALLERS = 8;
  private static final int SERVICES = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ControlPlane plane;
  private final int tasks;
  private int servicesMade;

  private ClusterBenchmark(ControlPlane plane, int tasks) {
    this.plane = plane;
    this.tasks = tasks;
  }

  /**
   * Measures and prints the tables.
   *
   * @param rounds measured of each kind, 1 and more; two more before them aren't
   * @param tasks of each round, a multiple of 50
   * @param parts {@code RunTask} or {@code CreateService}; empty for both
   */
  public static void run(Path root, int rounds, int tasks, List<String> parts) throws Exception {
    try (ControlPlane plane = ControlPlane.start(root);
        SimulatedNodes nodes =
            new SimulatedNodes(
                plane.bootstrapServers(), plane.installationId(), INSTANCES, ZONES)) {
      join(plane, nodes);
      register(plane);
      System.out.printf(
          Locale.ROOT,
          "%,d container instances in %d zones; %,d tasks a round, %d rounds.%n%n",
          INSTANCES,
          ZONES,
          tasks,
          rounds);
      ClusterBenchmark cluster = new ClusterBenchmark(plane, tasks);
      if (parts.isEmpty() || parts.contains("RunTask")) {
        cluster.measure("RunTask, 10 tasks a call, 64 callers", rounds, true, cluster::runTasks);
      }
      if (parts.isEmpty() || parts.contains("CreateService")) {
        cluster.measure("CreateService, 5 services", rounds, false, cluster::createServices);
      }
    }
  }

  /** Lets the instances join, and waits until the API counts them. */
  static void join(ControlPlane plane, SimulatedNodes nodes) {
    nodes.join();
    ControlPlane.await(
        "all container instances are registered",
        () -> {
          try {
            return plane
                    .call("DescribeClusters", "{\"clusters\":[\"default\"]}")
                    .at("/clusters/0/registeredContainerInstancesCount")
                    .asInt()
                == nodes.count();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Registers the definition that all tasks are of. */
  static void register(ControlPlane plane) throws IOException {
    plane.call(
        "RegisterTaskDefinition",
        """
        {"family":"simulated","containerDefinitions":[{"name":"main","image":"simulated:1","cpu":10,
         "memory":16,"essential":true,"environment":[{"name":"STAGE","value":"benchmark"}]}]}
        """);
  }

  private interface Round {
    void run(TaskTimes times, int callers) throws Exception;
  }

  private void measure(String name, int rounds, boolean oneOff, Round round) throws Exception {
    // Few callers at first: what isn't compiled yet takes its time, and a caller has little
    // patience.
    round.run(new TaskTimes(), FIRST_CALLERS);
    round.run(new TaskTimes(), CALLERS);
    ProcessorTimes before = ProcessorTimes.read(plane.parts());
    List<Double> perSecond = new ArrayList<>();
    Stages stages = null;
    TaskTimes times = null;
    for (int i = 0; i < rounds; i++) {
      stages = new Stages(plane.bootstrapServers());
      times = new TaskTimes();
      long start = System.nanoTime();
      round.run(times, CALLERS);
      perSecond.add(tasks / ((System.nanoTime() - start) / 1e9));
    }
    ProcessorTimes after = ProcessorTimes.read(plane.parts());
    List<Double> sorted = perSecond.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "| %s | tasks/s, median (range) | CPU us a task |%n|---|---|---|%n| to RUNNING in the API |"
            + " %.0f (%.0f to %.0f) | %.0f |%n%n",
        name,
        sorted.get(sorted.size() / 2),
        sorted.getFirst(),
        sorted.getLast(),
        after.totalSince(before, rounds * tasks));
    System.out.println("| process | CPU us a task |\n|---|---|");
    after.linesSince(before, rounds * tasks).forEach(System.out::println);
    System.out.println("\n| stage (last round) | median (p10 to p90) |\n|---|---|");
    stages.lines(times, oneOff).forEach(System.out::println);
    System.out.println();
  }

  private void runTasks(TaskTimes times, int count) throws Exception {
    byte[] call =
        plane
            .ecs()
            .signed(
                "RunTask",
                "{\"taskDefinition\":\"simulated\",\"count\":%d}".formatted(TASKS_A_CALL));
    AtomicInteger turns = new AtomicInteger(tasks / TASKS_A_CALL);
    try (RunningWatch watch = new RunningWatch(plane, times);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        callers.execute(() -> runTasks(call, turns, times, watch));
      }
      watch.awaitRunning(tasks);
    }
  }

  private void runTasks(byte[] call, AtomicInteger turns, TaskTimes times, RunningWatch watch) {
    try (HttpLine line = new HttpLine(plane.ecs().endpoint())) {
      while (turns.getAndDecrement() > 0) {
        long asked = System.currentTimeMillis();
        HttpLine.Answer answer = line.exchange(call);
        JsonNode made = JSON.readTree(answer.body()).path("tasks");
        if (answer.status() != 200 || made.size() != TASKS_A_CALL) {
          throw new IllegalStateException("RunTask answered " + answer.body());
        }
        for (JsonNode task : made) {
          String id = RunningWatch.shortName(task.path("taskArn").asText());
          times.asked(id, asked);
          watch.add(id);
        }
      }
    } catch (IOException | RuntimeException e) {
      watch.giveUp(e);
    }
  }

  private void createServices(TaskTimes times, int callers) throws Exception {
    List<String> names = new ArrayList<>();
    long asked = System.currentTimeMillis();
    for (int i = 0; i < SERVICES; i++) {
      String name = "service-" + servicesMade++;
      names.add(name);
      plane.call(
          "CreateService",
          "{\"serviceName\":\"%s\",\"taskDefinition\":\"simulated\",\"desiredCount\":%d}"
              .formatted(name, tasks / SERVICES));
    }
    awaitRunningCounts(names);
    try (RunningWatch watch = new RunningWatch(plane, times)) {
      for (String name : names) {
        list(name, asked, times, watch);
      }
      watch.awaitRunning(tasks);
    }
  }

  private void list(String name, long asked, TaskTimes times, RunningWatch watch)
      throws IOException {
    String next = null;
    do {
      JsonNode page =
          plane.call(
              "ListTasks",
              "{\"serviceName\":\"%s\"%s}"
                  .formatted(name, next == null ? "" : ",\"nextToken\":\"" + next + "\""));
      for (JsonNode arn : page.path("taskArns")) {
        String id = RunningWatch.shortName(arn.asText());
        times.asked(id, asked);
        watch.add(id);
      }
      next = page.path("nextToken").isMissingNode() ? null : page.path("nextToken").asText();
    } while (next != null);
  }

  private void awaitRunningCounts(List<String> names) throws IOException {
    String describe = "{\"services\":[\"" + String.join("\",\"", names) + "\"]}";
    long end = System.nanoTime() + 120_000_000_000L;
    int running;
    do {
      Pause.millis(20);
      running = 0;
      for (JsonNode service : plane.call("DescribeServices", describe).path("services")) {
        running += service.path("runningCount").asInt();
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException(running + " of " + tasks + " tasks run after two minutes");
      }
    } while (running < tasks);
  }
}
