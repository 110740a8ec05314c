package dev.berth.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.standalone.RefusedException;
import dev.berth.standalone.docker.DockerEngine;
import dev.berth.standalone.process.FreePort;
import dev.berth.standalone.process.Polling;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Shows a service of three tasks behind the balancer: one of them is killed, then a new revision is
 * rolled out under load, and every request is counted at both ends.
 */
public final class Demo {
  private static final int TASKS = 3;
  private static final int REQUESTS_PER_SECOND = 25;
  private static final int MOST_REQUESTS = 15_000;
  private static final Duration STEADY_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration LOGS_TIMEOUT = Duration.ofSeconds(15);

  /** What came of the rollout: both ends' counts, and how often the balancer tried again. */
  private record Rollout(Comparison counts, long retries) {}

  private static final String RETRIES = "berth_lb_retries_total";

  private final ApiClient api;
  private final URI metrics;
  private final DockerEngine docker;
  private final JsonNode definition;
  private final Consumer<String> console;
  private final long begin = System.nanoTime();

  /**
   * A demo against a running Berth.
   *
   * @param lb base of lb-service's own HTTP endpoints
   * @param definition the bundled task definition
   */
  public Demo(
      URI api,
      String token,
      URI lb,
      DockerEngine docker,
      JsonNode definition,
      Consumer<String> console) {
    this.api = new ApiClient(api, token);
    this.metrics = lb.resolve("/q/metrics");
    this.docker = docker;
    this.definition = definition;
    this.console = console;
  }

  /**
   * Runs it.
   *
   * @param name of everything it makes, which nothing else may have
   * @return whether the killed task was replaced and no request was lost
   */
  public boolean run(String name) {
    Scene scene = new Scene(api, name, FreePort.find());
    try {
      return play(scene);
    } finally {
      cleanUp(scene);
    }
  }

  private boolean play(Scene scene) {
    String first = scene.registerDefinition(definition, "1");
    say("registered the task definition " + first + " (examples/task-definition.json)");
    scene.createBalancer();
    say("created a target group and a load balancer that listens at " + scene.address());
    long created = System.nanoTime();
    scene.createService(first, TASKS);
    await("the service is not steady", scene, scene::isSteady);
    await(
        "the balancer does not find the tasks healthy",
        scene,
        () -> scene.healthyTargets() == TASKS);
    say(
        "the service runs %d healthy tasks, %s after its creation"
            .formatted(TASKS, since(created)));

    String replacement = killOne(scene);
    return summarize(rollOut(scene), replacement);
  }

  /** Returns how long the replacement took, in words. */
  private String killOne(Scene scene) {
    List<String> before = scene.tasks("RUNNING");
    String victim = before.getFirst();
    String container =
        scene
            .container(victim)
            .orElseThrow(() -> new RefusedException("task " + victim + " has no container"));
    long killed = System.nanoTime();
    docker.kill(container);
    say("killed the container %.12s of task %s".formatted(container, victim));
    Set<String> known = new HashSet<>(before);
    List<String> replacement = new ArrayList<>();
    await(
        "the killed task was not replaced",
        scene,
        () -> {
          replacement.clear();
          scene.tasks("RUNNING").stream()
              .filter(task -> !known.contains(task))
              .filter(scene::isRunning)
              .forEach(replacement::add);
          return !replacement.isEmpty();
        });
    String took = since(killed);
    say("task %s replaces it, RUNNING %s after the kill".formatted(replacement.getFirst(), took));
    await(
        "the service did not recover",
        scene,
        () -> scene.isSteady() && scene.healthyTargets() == TASKS);
    say("all %d targets are healthy again, %s after the kill".formatted(TASKS, since(killed)));
    return took;
  }

  private Rollout rollOut(Scene scene) {
    String second = scene.registerDefinition(definition, "2");
    Set<String> tasks = new HashSet<>(scene.tasks("RUNNING"));
    Set<String> before = Set.copyOf(scene.tasks("STOPPED"));
    long retriesBefore = retries();
    say(
        "begins to send %d requests a second, GET and POST in turn, and rolls out %s"
            .formatted(REQUESTS_PER_SECOND, second));
    List<NumberedLoad.Sent> sent;
    try (NumberedLoad load =
        new NumberedLoad(scene.address(), REQUESTS_PER_SECOND, MOST_REQUESTS)) {
      Polling.until(() -> load.count() >= REQUESTS_PER_SECOND, STEADY_TIMEOUT);
      long deployed = System.nanoTime();
      scene.deploy(second);
      await("the new revision is not steady", scene, scene::isSteady);
      Set<String> old = Set.copyOf(tasks);
      await("the old tasks have not stopped", scene, () -> old.stream().allMatch(scene::isStopped));
      say(
          "the new revision has taken over, %s after the deployment began"
              .formatted(since(deployed)));
      int then = load.count();
      Polling.until(() -> load.count() >= then + REQUESTS_PER_SECOND, STEADY_TIMEOUT);
      sent = load.finish();
    }
    tasks.addAll(scene.tasks("RUNNING"));
    // One that came and went meanwhile, as on a machine that is too busy, has answered, too.
    scene.tasks("STOPPED").stream().filter(task -> !before.contains(task)).forEach(tasks::add);
    Comparison[] counts = {compare(scene, sent, tasks)};
    // The last lines of a log come a moment after the answer they tell about.
    Polling.until(
        () -> {
          counts[0] = compare(scene, sent, tasks);
          return counts[0].lost().isEmpty();
        },
        LOGS_TIMEOUT);
    return new Rollout(counts[0], retries() - retriesBefore);
  }

  private static Comparison compare(Scene scene, List<NumberedLoad.Sent> sent, Set<String> tasks) {
    return Comparison.of(sent, tasks.stream().map(scene::logs).toList());
  }

  private boolean summarize(Rollout rollout, String replacement) {
    Comparison counts = rollout.counts();
    boolean good = counts.lost().isEmpty() && counts.sent() > 0;
    console.accept("");
    console.accept("Summary");
    console.accept("  killed task replaced     yes, RUNNING after " + replacement);
    console.accept("  requests sent            " + counts.sent() + " (GET and POST in turn)");
    console.accept("  answered                 " + counts.answered());
    counts
        .byRevision()
        .forEach(
            (revision, count) ->
                console.accept("    by revision %s          %d".formatted(revision, count)));
    console.accept("  lost                     " + counts.lost().size());
    counts.failures().forEach(failure -> console.accept("    " + failure));
    console.accept("  retried by the balancer  " + rollout.retries());
    console.accept("  handled more than once   " + counts.handledTwice().size());
    console.accept(
        good
            ? "No request was lost, and the killed task was replaced."
            : "Requests were lost: " + counts.lost());
    return good;
  }

  private long retries() {
    return Comparison.counter(api.plain(metrics), RETRIES);
  }

  private void cleanUp(Scene scene) {
    try {
      scene.deleteService();
      Polling.until(scene::isServiceGone, STEADY_TIMEOUT);
      scene.deleteRest();
      say("removed everything the demo made");
    } catch (RefusedException e) {
      // What the demo found out matters more than what it left behind.
      say("could not remove everything: " + e.getMessage());
    }
  }

  private void await(String otherwise, Scene scene, BooleanSupplier condition) {
    if (!Polling.until(condition, STEADY_TIMEOUT)) {
      throw new RefusedException(
          "%s after %d s. The service's events, newest first:%n  %s"
              .formatted(
                  otherwise,
                  STEADY_TIMEOUT.toSeconds(),
                  String.join("\n  ", scene.events().stream().limit(10).toList())));
    }
  }

  private void say(String line) {
    console.accept("[%6.1f s] %s".formatted((System.nanoTime() - begin) / 1e9, line));
  }

  private static String since(long then) {
    return "%.2f s".formatted((System.nanoTime() - then) / 1e9);
  }
}
