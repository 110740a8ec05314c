package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.standalone.demo.Comparison;
import dev.berth.standalone.demo.NumberedLoad;
import dev.berth.standalone.example.ExampleImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of a service: created, healed, scaled, rolled out, drained. */
@ExtendWith(LogsOnFailure.class)
class ServiceStoryTest {
  private static final int MOST_REQUESTS = 4000;
  private final BerthSuite suite = BerthSuite.shared();

  @Test
  void aServiceIsSpreadOverTheZonesHealsAndScales() {
    try (WebService web = new WebService(suite, "story-scale", 3)) {
      web.awaitStable(3);
      web.awaitAnswer();
      Set<String> instances = new HashSet<>();
      for (String id : web.runningTasks()) {
        instances.add(web.task(id).path("containerInstanceArn").asText());
      }
      assertThat(instances).as("one task in each zone").hasSize(3);

      String killed = web.runningTasks().getFirst();
      suite.docker().kill(suite.containers("dev.berth.task-id", killed).getFirst());
      await("another task in its place")
          .atMost(BerthSuite.PATIENCE)
          .until(
              () -> {
                List<String> running = web.runningTasks();
                return running.size() == 3 && !running.contains(killed);
              });
      await("its end is known")
          .atMost(BerthSuite.PATIENCE)
          .until(() -> web.task(killed).path("lastStatus").asText().equals("STOPPED"));
      JsonNode stopped = web.task(killed);
      assertThat(stopped.path("stoppedReason").asText())
          .isEqualTo("Essential container in task exited");
      assertThat(stopped.at("/containers/0/exitCode").asInt()).isEqualTo(137);

      web.update(WebService.json().put("desiredCount", 5));
      web.awaitStable(5);
      web.update(WebService.json().put("desiredCount", 1));
      web.awaitStable(1);
      await("it says so")
          .atMost(BerthSuite.PATIENCE)
          .until(
              () ->
                  web.events().stream()
                      .anyMatch(event -> event.contains("has reached a steady state")));
    }
  }

  @Test
  void aRollingUpdateUnderLoadLosesNoRequest() {
    try (WebService web = new WebService(suite, "story-roll", 3)) {
      web.awaitStable(3);
      web.awaitAnswer();
      List<NumberedLoad.Sent> sent;
      try (NumberedLoad load = web.load(MOST_REQUESTS)) {
        web.update(WebService.json().put("taskDefinition", web.register("2", ExampleImage.TAG)));
        web.awaitStable(3);
        sent = load.finish();
      }

      Comparison comparison = web.compare(sent);

      assertThat(comparison.failures()).isEmpty();
      assertThat(comparison.lost()).isEmpty();
      assertThat(comparison.byRevision()).containsKeys("1", "2");
    }
  }

  @Test
  void anImageThatDoesNotExistLeavesTheOldRevisionServing() {
    try (WebService web = new WebService(suite, "story-bad-image", 2)) {
      web.awaitStable(2);
      List<String> before = web.runningTasks();

      web.update(
          WebService.json()
              .put("taskDefinition", web.register("2", "berth.invalid/there-is-no-such-image:1")));

      await("the reason is told")
          .atMost(BerthSuite.PATIENCE)
          .until(
              () ->
                  suite
                      .api()
                      .get(
                          "/v1/clusters/default/tasks?serviceName=story-bad-image&desiredStatus=STOPPED")
                      .findValuesAsText("stoppedReason")
                      .stream()
                      .anyMatch(reason -> reason.contains("CannotPullContainerError")));
      assertThat(web.runningTasks()).containsExactlyInAnyOrderElementsOf(before);
      web.awaitAnswer();

      web.update(WebService.json().put("taskDefinition", web.register("3", ExampleImage.TAG)));
      web.awaitStable(2);
    }
  }

  @Test
  void aDrainedInstanceGivesItsTasksAwayWithoutLosingARequest() {
    try (WebService web = new WebService(suite, "story-drain", 3)) {
      web.awaitStable(3);
      web.awaitAnswer();
      String instance = suite.instanceOf("node-2");
      String path = "/v1/clusters/default/container-instances/" + instance;
      try (NumberedLoad load = web.load(MOST_REQUESTS)) {
        suite.api().patch(path, WebService.json().put("status", "DRAINING"));
        await("no task runs there any more")
            .atMost(BerthSuite.PATIENCE)
            .until(() -> suite.api().get(path).path("runningTasksCount").asInt() == 0);
        web.awaitStable(3);

        Comparison comparison = web.compare(load.finish());

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.lost()).isEmpty();
      } finally {
        suite.api().patch(path, WebService.json().put("status", "ACTIVE"));
      }
    }
  }
}
