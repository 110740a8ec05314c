package dev.berth.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** From {@code docker kill} of a service's container to its replacement RUNNING. */
final class HealBenchmark {
  private final BerthClient berth;
  private final TaskWatch watch;

  HealBenchmark(BerthClient berth, TaskWatch watch) {
    this.berth = berth;
    this.watch = watch;
  }

  /**
   * Kills and waits, once for each round. Each round has a service of its own: one that fails again
   * and again is slowed down on purpose, and that isn't what is measured.
   */
  Rounds run(String definition, int rounds) throws InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      String service = "bench-heal-" + i;
      Set<String> before = Set.copyOf(watch.seen());
      berth.call(
          "POST",
          "/v1/clusters/default/services",
          "{\"serviceName\":\"%s\",\"taskDefinition\":\"%s\",\"desiredCount\":1}"
              .formatted(service, definition));
      watch.awaitAnother(before);
      Collection<String> known = watch.seen();
      String task = known.stream().filter(id -> !before.contains(id)).findFirst().orElseThrow();
      String container =
          CommandLine.run(
              "docker",
              "ps",
              "-q",
              "--filter",
              "label=dev.berth.task-id=" + task,
              "--filter",
              "label=dev.berth.container-name=main");
      long killed = System.nanoTime();
      CommandLine.run(List.of("docker", "kill", container));
      millis.add((watch.awaitAnother(known) - killed) / 1e6);
      berth.call("DELETE", "/v1/clusters/default/services/" + service + "?force=true", null);
    }
    return new Rounds(millis);
  }
}
