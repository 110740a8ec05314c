package dev.berth.e2e.multihost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.e2e.BerthSuite;
import dev.berth.standalone.demo.ApiClient;
import dev.berth.standalone.example.ExampleImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A service of small tasks without a balancer, and where its tasks are. */
final class HostedService implements AutoCloseable {
  private final ApiClient api;
  private final String name;

  /**
   * Creates it.
   *
   * @param more further members of the service, such as the desired count
   */
  HostedService(MultiHostSuite suite, String name, ObjectNode more) {
    this.api = suite.api();
    this.name = name;
    api.post(
        "/v1/clusters/default/services",
        more.put("serviceName", name).put("taskDefinition", register()));
  }

  static ObjectNode json() {
    return ApiClient.json().createObjectNode();
  }

  /** Registers a revision whose container runs an applet of busybox, else the example's server. */
  String register(String... command) {
    ObjectNode definition = json().put("family", name).put("networkMode", "bridge");
    ObjectNode container =
        definition
            .putArray("containerDefinitions")
            .addObject()
            .put("name", "main")
            .put("image", ExampleImage.TAG)
            .put("cpu", 16)
            .put("memory", 32)
            .put("stopTimeout", 2);
    if (command.length > 0) {
      container.putArray("entryPoint").add("/bin/busybox");
      ArrayNode words = container.putArray("command");
      List.of(command).forEach(words::add);
    }
    return api.post("/v1/task-definitions", definition).path("taskDefinitionArn").asText();
  }

  void update(ObjectNode change) {
    api.patch(path(), change);
  }

  JsonNode describe() {
    return api.get(path());
  }

  /** The sentences of the service's events, newest first. */
  List<String> events() {
    List<String> messages = new ArrayList<>();
    describe().path("events").forEach(event -> messages.add(event.path("message").asText()));
    return messages;
  }

  /** Ids of the tasks that run and are to go on running, and the instance of each. */
  Map<String, String> runningTasks() {
    Map<String, String> instances = new TreeMap<>();
    for (JsonNode task :
        api.get("/v1/clusters/default/tasks?serviceName=" + name + "&desiredStatus=RUNNING")
            .path("tasks")) {
      if (task.path("lastStatus").asText().equals("RUNNING")) {
        instances.put(
            BerthSuite.shortName(task.path("taskArn").asText()),
            BerthSuite.shortName(task.path("containerInstanceArn").asText()));
      }
    }
    return instances;
  }

  /** Waits until this many tasks run, one deployment is left and it is completed. */
  void awaitStable(int count) {
    await(name + " is stable with " + count + " tasks")
        .atMost(MultiHostSuite.PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode service = describe();
              JsonNode deployments = service.path("deployments");
              assertThat(deployments).hasSize(1);
              assertThat(deployments.get(0).path("rolloutState").asText()).isEqualTo("COMPLETED");
              assertThat(service.path("runningCount").asInt()).isEqualTo(count);
              assertThat(service.path("pendingCount").asInt()).isZero();
              assertThat(runningTasks()).hasSize(count);
            });
  }

  /** Asks for its end. */
  void delete() {
    api.delete(path() + "?force=true");
  }

  @Override
  public void close() {
    delete();
    await(name + " is gone")
        .atMost(MultiHostSuite.PATIENCE)
        .until(() -> describe().path("status").asText().equals("INACTIVE"));
  }

  private String path() {
    return "/v1/clusters/default/services/" + name;
  }
}
