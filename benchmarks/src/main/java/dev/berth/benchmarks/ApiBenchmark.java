package dev.berth.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ECS API with 1,000 services and 10,000 tasks in its database: signed calls of the AWS JSON
 * protocol at rising concurrency, and reads at a fixed rate.
 */
final class ApiBenchmark {
  private static final int SERVICES = 1000;
  private static final int TASKS_EACH = 10;
  private static final int READS_A_SECOND = 500;
  private static final int FAMILIES = 100;
  private static final int[] CALLERS = {1, 4, 16, 64};
  private static final String TEMPLATE = "template-of-the-benchmark";

  private final BenchmarkSuite suite;
  private final EcsCalls ecs;
  private final Duration duration;

  private ApiBenchmark(BenchmarkSuite suite, Duration duration) throws IOException {
    this.suite = suite;
    this.ecs =
        new EcsCalls(
            suite.url(),
            suite.credential("aws_access_key_id"),
            suite.credential("aws_secret_access_key"));
    this.duration = duration;
  }

  /**
   * Measures codec and API and prints their tables.
   *
   * @param seconds of every figure, 1 to 120: a signature counts for five minutes
   * @param readsOnly only reads at the fixed rate: under two minutes
   */
  static void run(Path root, String image, int seconds, boolean readsOnly) throws Exception {
    System.out.println("Load of the machine before: " + load() + "\n");
    if (!readsOnly) {
      CodecBenchmark.run();
    }
    try (BenchmarkSuite suite = BenchmarkSuite.start(root);
        BerthClient rest = new BerthClient(suite.url(), suite.credential("berth_token"))) {
      suite.awaitContainerInstance(rest);
      ApiBenchmark api = new ApiBenchmark(suite, Duration.ofSeconds(seconds));
      int tasks = api.populate(image);
      System.out.printf(
          Locale.ROOT, "%n%,d services and %,d tasks in the database.%n%n", SERVICES, tasks);
      Predicate<HttpLine.Answer> described = answer -> answer.says(200, "\"failures\":[]");
      if (readsOnly) {
        // The optimizing compiler needs some thousand calls.
        new Load(api.ecs.endpoint(), api.describes(10), described)
            .closed(4, api.duration.multipliedBy(2));
      } else {
        api.rising(described);
      }
      api.fixed(described);
      System.out.println("\n| process | resident MiB after it |\n|---|---|");
      Memory.lines(suite.home()).forEach(System.out::println);
    }
    System.out.println("\nLoad of the machine after: " + load());
  }

  private int populate(String image) throws Exception {
    ecs.call(
        "RegisterTaskDefinition",
        """
        {"family":"bench","containerDefinitions":[{"name":"main","image":"%s","cpu":10,"memory":16,
         "stopTimeout":2,"entryPoint":["/bin/busybox"],"command":["sleep","3600"]}]}
        """
            .formatted(image));
    // No node has that much memory: the scheduler refuses its tasks.
    ecs.call(
        "RegisterTaskDefinition",
        """
        {"family":"too-large","containerDefinitions":[{"name":"main","image":"%s","cpu":10,
         "memory":99999999}]}
        """
            .formatted(image));
    ecs.call(
        "CreateService",
        "{\"serviceName\":\"%s\",\"taskDefinition\":\"bench\",\"desiredCount\":%d}"
            .formatted(TEMPLATE, TASKS_EACH));
    awaitStable();
    try (Connection database =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + suite.postgresPort() + "/berth",
            "berth",
            suite.postgresPassword())) {
      return new Population(database, TEMPLATE).copy(SERVICES);
    }
  }

  private void awaitStable() throws IOException {
    String describe = "{\"services\":[\"" + TEMPLATE + "\"]}";
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    JsonNode service;
    do {
      service = ecs.call("DescribeServices", describe).path("services").path(0);
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Not stable within three minutes: " + service);
      }
    } while (service.path("runningCount").asInt() != TASKS_EACH
        || !service.path("deployments").path(0).path("rolloutState").asText().equals("COMPLETED"));
  }

  private void rising(Predicate<HttpLine.Answer> described) throws InterruptedException {
    System.out.println(
        "| operation | callers | calls/s | p50 ms | p99 ms | longest ms | failed |\n"
            + "|---|---|---|---|---|---|---|");
    rising("DescribeServices, 10 names", () -> describes(10), described);
    rising("RegisterTaskDefinition", this::registrations, answer -> answer.status() == 200);
    rising(
        "RunTask, refused",
        () -> List.of(ecs.signed("RunTask", "{\"taskDefinition\":\"too-large\",\"count\":1}")),
        answer -> answer.says(200, "RESOURCE:MEMORY"));
  }

  private void fixed(Predicate<HttpLine.Answer> described)
      throws InterruptedException, IOException {
    System.out.println(
        "\n| at a fixed rate | calls/s | p50 ms | p99 ms | longest ms | failed | api-service's CPU ms a call |\n"
            + "|---|---|---|---|---|---|---|");
    fixed("DescribeServices, 1 name", describes(1), described);
    fixed("DescribeServices, 10 names", describes(10), described);
    fixed(
        "GET /q/health/live (unsigned, no database)",
        List.of(ecs.get("/q/health/live")),
        answer -> answer.status() == 200);
  }

  private void rising(
      String name, Supplier<List<byte[]>> requests, Predicate<HttpLine.Answer> right)
      throws InterruptedException {
    // So that the just-in-time compilers have seen it.
    new Load(ecs.endpoint(), requests.get(), right).closed(4, duration);
    for (int callers : CALLERS) {
      Latencies taken = new Load(ecs.endpoint(), requests.get(), right).closed(callers, duration);
      System.out.printf("| %s | %d | %s |%n", name, callers, taken.cells());
    }
  }

  private void fixed(String name, List<byte[]> requests, Predicate<HttpLine.Answer> right)
      throws InterruptedException, IOException {
    Load load = new Load(ecs.endpoint(), requests, right);
    // So that the just-in-time compilers have seen it.
    load.open(READS_A_SECOND, duration);
    ProcessorTime used = new ProcessorTime(suite.home(), "api");
    double before = used.millis();
    Latencies taken = load.open(READS_A_SECOND, duration);
    double millis = (used.millis() - before) / (READS_A_SECOND * duration.toSeconds());
    System.out.printf(Locale.ROOT, "| %s | %s | %.2f |%n", name, taken.cells(), millis);
  }

  /** Every service once, so many names a call. */
  private List<byte[]> describes(int names) {
    return IntStream.range(0, SERVICES / names)
        .mapToObj(
            call ->
                IntStream.rangeClosed(1, names)
                    .mapToObj(
                        name ->
                            String.format(
                                Locale.ROOT, "\"%s%04d\"", Population.PREFIX, call * names + name))
                    .collect(Collectors.joining(",")))
        .map(list -> ecs.signed("DescribeServices", "{\"services\":[" + list + "]}"))
        .toList();
  }

  /** Two containers as people write them, in a hundred families in turn. */
  private List<byte[]> registrations() {
    return IntStream.range(0, FAMILIES)
        .mapToObj(
            family ->
                ecs.signed(
                    "RegisterTaskDefinition",
                    """
                    {"family":"registered-%d","networkMode":"bridge","containerDefinitions":[
                     {"name":"web","image":"web:1","cpu":128,"memory":256,"essential":true,
                      "portMappings":[{"containerPort":80,"hostPort":0,"protocol":"tcp"}],
                      "environment":[{"name":"STAGE","value":"test"},{"name":"LOG","value":"info"}],
                      "healthCheck":{"command":["CMD-SHELL","exit 0"],"interval":30,"timeout":5,"retries":3},
                      "logConfiguration":{"logDriver":"json-file","options":{"max-size":"10m"}},
                      "dependsOn":[{"containerName":"cache","condition":"START"}]},
                     {"name":"cache","image":"cache:1","cpu":64,"memoryReservation":64,"essential":false,
                      "mountPoints":[{"sourceVolume":"data","containerPath":"/data"}]}],
                     "volumes":[{"name":"data"}],"tags":[{"key":"team","value":"bench"}]}
                    """
                        .formatted(family)))
        .toList();
  }

  private static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).strip();
  }
}
