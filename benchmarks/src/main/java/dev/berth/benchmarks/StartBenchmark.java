package dev.berth.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * From the API call to RUNNING, for several tasks at once, beside {@code docker run -d} of the same
 * image as often in parallel. Rounds alternate between the two, so that both see the same machine.
 */
final class StartBenchmark {
  private static final int TASKS_PER_CALL = 10;
  private final BerthClient berth;
  private final TaskWatch watch;
  private final String image;

  StartBenchmark(BerthClient berth, TaskWatch watch, String image) {
    this.berth = berth;
    this.watch = watch;
    this.image = image;
  }

  /** Registers the task definition that is run. */
  String register() {
    return berth
        .call(
            "POST",
            "/v1/task-definitions",
            """
            {"family":"bench","containerDefinitions":[{"name":"main","image":"%s","cpu":10,
             "memory":16,"stopTimeout":2,"entryPoint":["/bin/busybox"],"command":["sleep","3600"]}]}
            """
                .formatted(image))
        .path("taskDefinitionArn")
        .asText();
  }

  /** One line of the table. */
  String line(String definition, int count, int rounds) throws Exception {
    List<Double> ours = new ArrayList<>();
    List<Double> docker = new ArrayList<>();
    berthRound(definition, count);
    dockerRound(count);
    for (int i = 0; i < rounds; i++) {
      ours.add(berthRound(definition, count));
      docker.add(dockerRound(count));
    }
    Rounds berthTimes = new Rounds(ours);
    Rounds dockerTimes = new Rounds(docker);
    return String.format(
        Locale.ROOT,
        "| %d | %s | %s | %.2f |",
        count,
        berthTimes.text(),
        dockerTimes.text(),
        berthTimes.median() / dockerTimes.median());
  }

  private double berthRound(String definition, int count) throws Exception {
    long start = System.nanoTime();
    List<String> ids = new ArrayList<>();
    try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<JsonNode>> answers = new ArrayList<>();
      for (int left = count; left > 0; left -= TASKS_PER_CALL) {
        String body =
            "{\"taskDefinition\":\"%s\",\"count\":%d}"
                .formatted(definition, Math.min(left, TASKS_PER_CALL));
        answers.add(calls.submit(() -> berth.call("POST", "/v1/clusters/default/tasks", body)));
      }
      for (Future<JsonNode> answer : answers) {
        if (!answer.get().path("failures").isEmpty()) {
          throw new IllegalStateException("Not placed: " + answer.get());
        }
        answer
            .get()
            .path("tasks")
            .forEach(task -> ids.add(shortName(task.path("taskArn").asText())));
      }
    }
    double millis = (watch.awaitRunning(ids) - start) / 1e6;
    ids.forEach(id -> berth.call("POST", "/v1/tasks/" + id + "/stop", "{\"reason\":\"measured\"}"));
    for (String id : ids) {
      awaitStopped(id);
    }
    return millis;
  }

  private void awaitStopped(String id) {
    while (!berth
        .call("GET", "/v1/tasks/" + id, null)
        .path("lastStatus")
        .asText()
        .equals("STOPPED")) {
      Thread.onSpinWait();
    }
  }

  private double dockerRound(int count) throws Exception {
    List<String> containers = new ArrayList<>();
    long start = System.nanoTime();
    try (ExecutorService runs = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> started = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        started.add(
            runs.submit(
                () ->
                    CommandLine.run(
                        "docker",
                        "run",
                        "-d",
                        "--cpu-shares",
                        "10",
                        "--memory",
                        "16m",
                        "--entrypoint",
                        "/bin/busybox",
                        image,
                        "sleep",
                        "3600")));
      }
      for (Future<String> container : started) {
        containers.add(container.get().lines().reduce((a, b) -> b).orElseThrow());
      }
    }
    double millis = (System.nanoTime() - start) / 1e6;
    List<String> remove = new ArrayList<>(List.of("docker", "rm", "-f"));
    remove.addAll(containers);
    CommandLine.run(remove);
    return millis;
  }

  private static String shortName(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}
