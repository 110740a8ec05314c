package dev.berth.benchmarks;

import dev.berth.benchmarks.cluster.ClusterBenchmark;
import dev.berth.benchmarks.cluster.FailOverBenchmark;
import dev.berth.benchmarks.lb.LbBenchmark;
import dev.berth.benchmarks.scheduler.SchedulerBenchmark;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Starts a suite of its own, measures it and prints the tables of {@code benchmarks/README.md}. */
public final class SuiteBenchmark {
  private static final String API = "api";
  private static final String SCHEDULER = "scheduler";
  private static final String CLUSTER = "cluster";
  private static final String FAIL_OVER = "failover";
  private static final String BALANCER = "lb";

  private SuiteBenchmark() {}

  /**
   * Measures.
   *
   * @param args the repository's root, the example's image, and how many rounds (5); or {@code api}
   *     instead of the rounds, how many seconds each of its figures is taken for (10), and {@code
   *     reads} for those at a fixed rate alone; or {@code scheduler} and which of its parts (all),
   *     which needs no suite; or {@code cluster}, its rounds (3) and the tasks of each (10000); or
   *     {@code failover} and its rounds (7)
   */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    String image = args[1];
    if (args.length > 2 && args[2].equals(API)) {
      ApiBenchmark.run(
          root,
          image,
          args.length > 3 ? Integer.parseInt(args[3]) : 10,
          args.length > 4 && args[4].equals("reads"));
      return;
    }
    if (args.length > 2 && args[2].equals(SCHEDULER)) {
      SchedulerBenchmark.run(root, Arrays.asList(args).subList(3, args.length));
      return;
    }
    if (args.length > 2 && args[2].equals(CLUSTER)) {
      ClusterBenchmark.run(
          root,
          argument(args, 3, 3),
          argument(args, 4, 10_000),
          Arrays.asList(args).subList(Math.min(args.length, 5), args.length));
      return;
    }
    if (args.length > 2 && args[2].equals(FAIL_OVER)) {
      FailOverBenchmark.run(root, argument(args, 3, 7));
      return;
    }
    if (args.length > 2 && args[2].equals(BALANCER)) {
      LbBenchmark.run(root, args.length > 3 && args[3].equals("full"));
      return;
    }
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    try (BenchmarkSuite suite = BenchmarkSuite.start(root);
        BerthClient client = new BerthClient(suite.url(), suite.credential("berth_token"))) {
      suite.awaitContainerInstance(client);
      TaskWatch watch = new TaskWatch();
      client.follow(watch::accept).join();
      System.out.printf(
          Locale.ROOT, "From nothing to the whole suite ready: %.1f s%n%n", suite.readySeconds());
      System.out.println("| process | resident MiB at rest |\n|---|---|");
      Memory.lines(suite.home()).forEach(System.out::println);
      StartBenchmark starts = new StartBenchmark(client, watch, image);
      String definition = starts.register();
      System.out.println();
      System.out.println("| tasks at once | Berth, API call to RUNNING | docker run -d | ratio |");
      System.out.println("|---|---|---|---|");
      for (int count : new int[] {1, 10, 30}) {
        System.out.println(starts.line(definition, count, rounds));
      }
      System.out.println("\n| stage of a single task's start | median (range) |\n|---|---|");
      new StageBenchmark(client, watch, suite.kafkaPort())
          .lines(definition, 3 * rounds)
          .forEach(System.out::println);
      System.out.println(
          "\nContainer killed to replacement RUNNING: "
              + new HealBenchmark(client, watch).run(definition, rounds).text());
    }
  }

  private static int argument(String[] args, int index, int otherwise) {
    return args.length > index ? Integer.parseInt(args[index]) : otherwise;
  }
}
