package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.standalone.example.ExampleImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One-off tasks: run, overridden, stopped, refused; and a node restarted in the middle of one. */
@ExtendWith(LogsOnFailure.class)
class TaskStoryTest {
  private final BerthSuite suite = BerthSuite.shared();

  @Test
  void aTaskRunsToItsEndWithItsExitCodeAndItsLogs() {
    String id = run(job("story-exit", "echo hello from $WHO; exit 7"), null);

    JsonNode stopped = awaitStopped(id);

    assertThat(stopped.path("stopCode").asText()).isEqualTo("EssentialContainerExited");
    assertThat(stopped.at("/containers/0/exitCode").asInt()).isEqualTo(7);
    assertThat(suite.api().text("/v1/tasks/" + id + "/logs")).contains("hello from berth");
  }

  @Test
  void overridesChangeOneRunOnly() {
    String definition = job("story-override", "exit 1");
    ObjectNode overrides = WebService.json();
    ObjectNode container = overrides.putArray("containerOverrides").addObject().put("name", "main");
    container.putArray("command").add("sh").add("-c").add("exit 9");

    String id = run(definition, overrides);

    assertThat(awaitStopped(id).at("/containers/0/exitCode").asInt()).isEqualTo(9);
  }

  @Test
  void aTaskStopsWhenItIsAsked() {
    String id =
        run(job("story-stop", "trap 'exit 0' TERM; while :; do sleep 1 & wait; done"), null);
    awaitRunning(id);

    suite.api().post("/v1/tasks/" + id + "/stop", WebService.json().put("reason", "not needed"));

    JsonNode stopped = awaitStopped(id);
    assertThat(stopped.path("stopCode").asText()).isEqualTo("UserInitiated");
    assertThat(stopped.path("stoppedReason").asText()).contains("not needed");
    assertThat(stopped.at("/containers/0/exitCode").asInt()).isZero();
  }

  @Test
  void aTaskThatFitsNowhereIsRefusedWithItsReason() {
    ObjectNode definition = definition("story-huge", "exit 0");
    ((ObjectNode) definition.at("/containerDefinitions/0")).put("memory", 900_000);
    suite.api().post("/v1/task-definitions", definition);

    JsonNode answer =
        suite
            .api()
            .post(
                "/v1/clusters/default/tasks",
                WebService.json().put("taskDefinition", "story-huge"));

    assertThat(answer.path("tasks")).isEmpty();
    assertThat(answer.at("/failures/0/reason").asText()).isEqualTo("RESOURCE:MEMORY");
  }

  @Test
  void aNodeKilledInTheMiddleOfATaskDoesNotRunItTwice() {
    String id = run(job("story-once", "echo began; sleep 12; echo ended"), null);
    awaitRunning(id);
    String node = nodeOf(id);

    suite.killMinusNine(node);
    suite.start(node);
    suite.awaitReady(node);

    JsonNode stopped = awaitStopped(id);
    assertThat(stopped.at("/containers/0/exitCode").asInt()).isZero();
    String log = suite.api().text("/v1/tasks/" + id + "/logs");
    assertThat(log.split("began", -1)).as("it began once: %s", log).hasSize(2);
    assertThat(log).contains("ended");
  }

  private String nodeOf(String id) {
    String arn = suite.api().get("/v1/tasks/" + id).path("containerInstanceArn").asText();
    for (int i = 1; i <= BerthSuite.NODES; i++) {
      if (suite.instanceOf("node-" + i).equals(BerthSuite.shortName(arn))) {
        return "node-" + i;
      }
    }
    throw new AssertionError("No node of " + arn);
  }

  private String job(String family, String script) {
    return suite
        .api()
        .post("/v1/task-definitions", definition(family, script))
        .path("taskDefinitionArn")
        .asText();
  }

  private static ObjectNode definition(String family, String script) {
    ObjectNode definition = WebService.json().put("family", family);
    ObjectNode container =
        definition
            .putArray("containerDefinitions")
            .addObject()
            .put("name", "main")
            .put("image", ExampleImage.TAG)
            .put("memory", 32)
            .put("stopTimeout", 10);
    container.putArray("entryPoint").add("/bin/busybox");
    container.putArray("command").add("sh").add("-c").add(script);
    container.putArray("environment").addObject().put("name", "WHO").put("value", "berth");
    return definition;
  }

  private String run(String definition, ObjectNode overrides) {
    ObjectNode request = WebService.json().put("taskDefinition", definition);
    if (overrides != null) {
      request.set("overrides", overrides);
    }
    JsonNode answer = suite.api().post("/v1/clusters/default/tasks", request);
    assertThat(answer.path("failures")).isEmpty();
    return BerthSuite.shortName(answer.at("/tasks/0/taskArn").asText());
  }

  private void awaitRunning(String id) {
    await(id + " runs")
        .atMost(BerthSuite.PATIENCE)
        .until(
            () -> suite.api().get("/v1/tasks/" + id).path("lastStatus").asText().equals("RUNNING"));
  }

  private JsonNode awaitStopped(String id) {
    await(id + " stopped")
        .atMost(BerthSuite.PATIENCE)
        .until(
            () -> suite.api().get("/v1/tasks/" + id).path("lastStatus").asText().equals("STOPPED"));
    return suite.api().get("/v1/tasks/" + id);
  }
}
