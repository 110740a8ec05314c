package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.standalone.RefusedException;
import dev.berth.standalone.example.ExampleImage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts that die: nothing is lost, no container is restarted that needn't be. */
@ExtendWith(LogsOnFailure.class)
class FaultStoryTest {
  private static final Duration LONGER_THAN_THE_HEARTBEAT_LIMIT =
      Duration.parse("PT" + System.getenv("BERTH_SCHEDULER_INSTANCE_LOST_AFTER")).plusSeconds(4);
  private final BerthSuite suite = BerthSuite.shared();

  @ParameterizedTest
  @ValueSource(strings = {"api", "scheduler", "node-1", "lb"})
  void aServiceKilledInTheMiddleOfADeploymentIsBackAndTheDeploymentEnds(String part) {
    try (WebService web = new WebService(suite, "story-kill-" + part, 3)) {
      web.awaitStable(3);
      String next = web.register("2", ExampleImage.TAG);
      web.update(WebService.json().put("taskDefinition", next));

      suite.killMinusNine(part);
      suite.start(part);
      suite.awaitReady(part);

      web.awaitStable(3);
      await("all tasks are of the new revision")
          .atMost(BerthSuite.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(web.runningTasks())
                      .extracting(id -> web.task(id).path("taskDefinitionArn").asText())
                      .containsExactly(next, next, next));
      web.awaitAnswer();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "postgres"})
  void whatIsStoredInIsRestartedAndNoContainerNotices(String part) {
    try (WebService web = new WebService(suite, "story-restart-" + part, 2)) {
      web.awaitStable(2);
      List<String> before = web.runningTasks();

      suite.killMinusNine(part);
      suite.start(part);

      awaitAllReady();
      web.awaitAnswer();
      assertThat(web.runningTasks()).containsExactlyInAnyOrderElementsOf(before);
      web.update(WebService.json().put("desiredCount", 3));
      web.awaitStable(3);
      assertThat(web.runningTasks()).containsAll(before);
    }
  }

  @Test
  void kafkaAwayForLongerThanTheHeartbeatLimitCostsNoTask() {
    try (WebService web = new WebService(suite, "story-long-away", 3)) {
      web.awaitStable(3);
      List<String> before = web.runningTasks();

      suite.part("kafka").stop();
      awaitThatTimeHasPassed(LONGER_THAN_THE_HEARTBEAT_LIMIT);
      web.awaitAnswer();
      suite.start("kafka");
      awaitAllReady();

      web.update(WebService.json().put("desiredCount", 4));
      web.awaitStable(4);
      assertThat(web.runningTasks()).containsAll(before);
    }
  }

  @Test
  void postgresAwayForAGoodWhileStopsNoHealingAndNothingIsForgotten() {
    try (WebService web = new WebService(suite, "story-no-postgres", 3)) {
      web.awaitStable(3);
      List<String> before = web.runningTasks();
      String killed = before.getFirst();

      suite.part("postgres").stop();
      suite.docker().kill(suite.containers("dev.berth.task-id", killed).getFirst());
      awaitThatTimeHasPassed(LONGER_THAN_THE_HEARTBEAT_LIMIT);
      web.awaitAnswer();
      suite.start("postgres");
      awaitAllReady();

      // The API answers from what it knew before until it has folded what happened meanwhile.
      await("the API has heard of the task's end")
          .atMost(BerthSuite.PATIENCE)
          .until(() -> web.task(killed).path("lastStatus").asText().equals("STOPPED"));
      await("another task is in its place")
          .atMost(BerthSuite.PATIENCE)
          .until(() -> !web.runningTasks().contains(killed));
      web.awaitStable(3);
      assertThat(web.runningTasks()).containsAll(before.subList(1, before.size()));
      assertThat(web.task(killed).path("stoppedReason").asText())
          .isEqualTo("Essential container in task exited");
      web.update(WebService.json().put("desiredCount", 4));
      web.awaitStable(4);
    }
  }

  @Test
  void anEmptiedKafkaKillsNothingAndRunsNothingTwice() {
    try (WebService web = new WebService(suite, "story-emptied", 3)) {
      web.awaitStable(3);
      Set<String> containers = containersOf(web.runningTasks());

      suite.emptyKafka();
      awaitAllReady();

      web.update(WebService.json().put("desiredCount", 4));
      web.awaitStable(4);
      assertThat(containersOf(web.runningTasks())).hasSize(4).containsAll(containers);
    }
  }

  @Test
  void theTasksOfALostNodeAreReplacedAndNotKeptTwiceWhenItIsBack() {
    try (WebService web = new WebService(suite, "story-lost", 3)) {
      web.awaitStable(3);
      String instance = suite.instanceOf("node-3");

      suite.killMinusNine("node-3");
      suite
          .containers("dev.berth.container-instance", instance)
          .forEach(suite.docker()::removeContainer);
      await("its tasks run elsewhere")
          .atMost(BerthSuite.PATIENCE)
          .until(
              () ->
                  web.runningTasks().size() == 3
                      && web.runningTasks().stream()
                          .noneMatch(
                              id ->
                                  web.task(id)
                                      .path("containerInstanceArn")
                                      .asText()
                                      .endsWith(instance)));

      suite.start("node-3");
      suite.awaitReady("node-3");
      web.awaitStable(3);
      await("it is an active instance again")
          .atMost(BerthSuite.PATIENCE)
          .until(() -> suite.activeInstances().size() == BerthSuite.NODES);
    }
  }

  private Set<String> containersOf(List<String> tasks) {
    Set<String> ids = new HashSet<>();
    tasks.forEach(task -> ids.addAll(suite.containers("dev.berth.task-id", task)));
    return ids;
  }

  private void awaitAllReady() {
    await("every part is ready")
        .atMost(BerthSuite.PATIENCE)
        .until(() -> suite.services().stream().allMatch(name -> suite.part(name).isReady()));
    await("the API answers")
        .atMost(BerthSuite.PATIENCE)
        .ignoreExceptionsInstanceOf(RefusedException.class)
        .until(() -> suite.activeInstances().size() == BerthSuite.NODES);
  }

  /** The fault itself is that time passes: there is no state to wait for. */
  private static void awaitThatTimeHasPassed(Duration time) {
    Instant end = Instant.now().plus(time);
    await("the outage lasts").atMost(time.plusSeconds(10)).until(() -> Instant.now().isAfter(end));
  }
}
