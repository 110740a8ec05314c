package dev.berth.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Starts a suite of its own, measures it and prints the tables of {@code benchmarks/README.md}. */
public final class SuiteBenchmark {
  private SuiteBenchmark() {}

  /**
   * Measures.
   *
   * @param args the repository's root, the example's image, and how many rounds (5)
   */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    String image = args[1];
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    Path home = Files.createTempDirectory("berth-bench");
    String berth = root.resolve("berth").toString();
    List<String> up =
        new ArrayList<>(List.of("env", "BERTH_HOME=" + home, berth, "up", "--detach"));
    int apiPort = freePort();
    up.addAll(List.of("--api-port", Integer.toString(apiPort)));
    int kafkaPort = freePort();
    up.addAll(List.of("--kafka-port", Integer.toString(kafkaPort)));
    for (String port : List.of("scheduler", "node", "lb", "postgres")) {
      up.addAll(List.of("--" + port + "-port", Integer.toString(freePort())));
    }
    long start = System.nanoTime();
    CommandLine.run(up);
    double ready = (System.nanoTime() - start) / 1e9;
    try (BerthClient client = new BerthClient("http://127.0.0.1:" + apiPort, token(home))) {
      awaitContainerInstance(client);
      TaskWatch watch = new TaskWatch();
      client.follow(watch::accept).join();
      System.out.printf(Locale.ROOT, "From nothing to the whole suite ready: %.1f s%n%n", ready);
      System.out.println("| process | resident MiB at rest |\n|---|---|");
      Memory.lines(home).forEach(System.out::println);
      StartBenchmark starts = new StartBenchmark(client, watch, image);
      String definition = starts.register();
      System.out.println(
          "\n| tasks at once | Berth, API call to RUNNING | docker run -d | ratio |\n|---|---|---|---|");
      for (int count : new int[] {1, 10, 30}) {
        System.out.println(starts.line(definition, count, rounds));
      }
      System.out.println("\n| stage of a single task's start | median (range) |\n|---|---|");
      new StageBenchmark(client, watch, kafkaPort)
          .lines(definition, 3 * rounds)
          .forEach(System.out::println);
      System.out.println(
          "\nContainer killed to replacement RUNNING: "
              + new HealBenchmark(client, watch).run(definition, rounds).text());
    } finally {
      CommandLine.run("env", "BERTH_HOME=" + home, berth, "down", "--volumes");
    }
  }

  /** The API hears of the node a moment after both are ready. */
  private static void awaitContainerInstance(BerthClient client) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (client
        .call("GET", "/v1/clusters/default/container-instances?status=ACTIVE", null)
        .path("containerInstances")
        .isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("No active container instance within a minute");
      }
      Thread.onSpinWait();
    }
  }

  private static String token(Path home) throws IOException {
    return Files.readAllLines(home.resolve("credentials")).stream()
        .filter(line -> line.startsWith("berth_token"))
        .map(line -> line.substring(line.indexOf('=') + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
