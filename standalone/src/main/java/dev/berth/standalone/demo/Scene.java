package dev.berth.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The demo's resources: made, looked at, and removed again by the API. */
final class Scene {
  private static final String CLUSTER = "/v1/clusters/default";
  private static final int DEREGISTRATION_DELAY_SECONDS = 5;

  private final ApiClient api;
  private final String name;
  private final int listenerPort;
  private final List<String> definitions = new ArrayList<>();

  /**
   * Names everything after the scene.
   *
   * @param listenerPort a free one
   */
  Scene(ApiClient api, String name, int listenerPort) {
    this.api = api;
    this.name = name;
    this.listenerPort = listenerPort;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listenerPort + "/");
  }

  /**
   * Registers the bundled definition under the scene's name.
   *
   * @return family:revision
   */
  String registerDefinition(JsonNode bundled, String revision) {
    ObjectNode definition = bundled.deepCopy();
    definition.put("family", name);
    ObjectNode container = (ObjectNode) definition.path("containerDefinitions").path(0);
    ArrayNode environment = container.putArray("environment");
    environment.addObject().put("name", "REVISION").put("value", revision);
    JsonNode registered = api.post("/v1/task-definitions", definition);
    String id = name + ":" + registered.path("revision").asInt();
    definitions.add(id);
    return id;
  }

  void createBalancer() {
    ObjectNode group = ApiClient.json().createObjectNode();
    group.put("name", name).put("protocol", "HTTP").put("port", 8080);
    group.put("healthCheckPath", "/").put("healthCheckIntervalSeconds", 5);
    group.put("healthCheckTimeoutSeconds", 2).put("healthyThresholdCount", 2);
    group.put("unhealthyThresholdCount", 2);
    group.put("deregistrationDelaySeconds", DEREGISTRATION_DELAY_SECONDS);
    String groupArn = api.post("/v1/target-groups", group).path("targetGroupArn").asText();
    api.post("/v1/load-balancers", ApiClient.json().createObjectNode().put("name", name));
    ObjectNode listener = ApiClient.json().createObjectNode();
    listener.put("protocol", "HTTP").put("port", listenerPort);
    listener
        .putArray("defaultActions")
        .addObject()
        .put("type", "forward")
        .put("targetGroupArn", groupArn);
    api.post("/v1/load-balancers/" + name + "/listeners", listener);
  }

  void createService(String definition, int count) {
    ObjectNode service = ApiClient.json().createObjectNode();
    service.put("serviceName", name).put("taskDefinition", definition).put("desiredCount", count);
    service
        .putObject("deploymentConfiguration")
        .put("minimumHealthyPercent", 100)
        .put("maximumPercent", 200);
    service
        .putArray("loadBalancers")
        .addObject()
        .put("targetGroupArn", name)
        .put("containerName", "web")
        .put("containerPort", 8080);
    api.post(CLUSTER + "/services", service);
  }

  void deploy(String definition) {
    api.patch(
        CLUSTER + "/services/" + name,
        ApiClient.json().createObjectNode().put("taskDefinition", definition));
  }

  JsonNode service() {
    return api.get(CLUSTER + "/services/" + name);
  }

  /** Whether one deployment is left, complete, with as many running tasks as wanted. */
  boolean isSteady() {
    JsonNode service = service();
    JsonNode deployments = service.path("deployments");
    return deployments.size() == 1
        && deployments.path(0).path("rolloutState").asText().equals("COMPLETED")
        && service.path("runningCount").asInt() == service.path("desiredCount").asInt()
        && service.path("pendingCount").asInt() == 0;
  }

  int healthyTargets() {
    int healthy = 0;
    for (JsonNode target :
        api.get("/v1/target-groups/" + name + "/targets").path("targetHealthDescriptions")) {
      if (target.path("targetHealth").path("state").asText().equalsIgnoreCase("healthy")) {
        healthy++;
      }
    }
    return healthy;
  }

  /** Ids of tasks whose desired status it is. */
  List<String> tasks(String desiredStatus) {
    List<String> ids = new ArrayList<>();
    api.get(
            CLUSTER
                + "/tasks?maxResults=100&serviceName="
                + name
                + "&desiredStatus="
                + desiredStatus)
        .path("tasks")
        .forEach(task -> ids.add(id(task)));
    return ids;
  }

  JsonNode task(String id) {
    return api.get("/v1/tasks/" + id);
  }

  boolean isRunning(String task) {
    return task(task).path("lastStatus").asText().equals("RUNNING");
  }

  boolean isStopped(String task) {
    return task(task).path("lastStatus").asText().equals("STOPPED");
  }

  /** The Docker id of a task's first container. */
  Optional<String> container(String task) {
    String id = task(task).path("containers").path(0).path("runtimeId").asText();
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }

  String logs(String task) {
    return api.text("/v1/tasks/" + task + "/logs");
  }

  List<String> events() {
    List<String> messages = new ArrayList<>();
    service().path("events").forEach(event -> messages.add(event.path("message").asText()));
    return messages;
  }

  void deleteService() {
    api.delete(CLUSTER + "/services/" + name + "?force=true");
  }

  /** Whether the service's last task has stopped: what it used can be deleted then. */
  boolean isServiceGone() {
    return service().path("status").asText().equals("INACTIVE");
  }

  /** What is left once the service's tasks have stopped. */
  void deleteRest() {
    api.delete("/v1/load-balancers/" + name + "/listeners/" + listenerPort);
    api.delete("/v1/load-balancers/" + name);
    api.delete("/v1/target-groups/" + name);
    definitions.forEach(definition -> api.delete("/v1/task-definitions/" + definition));
  }

  private static String id(JsonNode task) {
    String arn = task.path("taskArn").asText();
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}
