package dev.berth.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A suite of its own, with its own data and ports, so that a running Berth isn't disturbed. Closing
 * it stops it and removes its data.
 *
 * @param root the repository's root
 * @param readySeconds what {@code ./berth up --detach} took, in seconds
 */
record BenchmarkSuite(
    Path root, Path home, int apiPort, int kafkaPort, int postgresPort, double readySeconds)
    implements AutoCloseable {
  static BenchmarkSuite start(Path root) throws IOException {
    Path home = Files.createTempDirectory("berth-bench");
    int apiPort = freePort();
    int kafkaPort = freePort();
    int postgresPort = freePort();
    List<String> up = new ArrayList<>(berth(root, home, "up", "--detach"));
    up.addAll(List.of("--api-port", Integer.toString(apiPort)));
    up.addAll(List.of("--kafka-port", Integer.toString(kafkaPort)));
    up.addAll(List.of("--postgres-port", Integer.toString(postgresPort)));
    for (String port : List.of("scheduler", "node", "lb")) {
      up.addAll(List.of("--" + port + "-port", Integer.toString(freePort())));
    }
    long start = System.nanoTime();
    CommandLine.run(up);
    double ready = (System.nanoTime() - start) / 1e9;
    return new BenchmarkSuite(root, home, apiPort, kafkaPort, postgresPort, ready);
  }

  String url() {
    return "http://127.0.0.1:" + apiPort;
  }

  /** A member of the administrator's credentials file. */
  String credential(String member) throws IOException {
    return Files.readAllLines(home.resolve("credentials")).stream()
        .filter(line -> line.startsWith(member))
        .map(line -> line.substring(line.indexOf('=') + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  String postgresPassword() throws IOException {
    return new ObjectMapper()
        .readTree(home.resolve("installation.json").toFile())
        .path("postgresPassword")
        .asText();
  }

  /** The API hears of the node a moment after both are ready. */
  void awaitContainerInstance(BerthClient client) {
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

  @Override
  public void close() {
    CommandLine.run(berth(root, home, "down", "--volumes"));
  }

  private static List<String> berth(Path root, Path home, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("env", "BERTH_HOME=" + home, root.resolve("berth").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
