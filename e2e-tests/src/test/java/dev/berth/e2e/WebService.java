package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.standalone.demo.ApiClient;
import dev.berth.standalone.demo.Comparison;
import dev.berth.standalone.demo.NumberedLoad;
import dev.berth.standalone.example.ExampleImage;
import dev.berth.standalone.process.FreePort;
import dev.berth.standalone.process.Polling;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** The example's web server as a service behind a listener of its own. */
public final class WebService implements AutoCloseable {
  private static final Duration LOGS_TIMEOUT = Duration.ofSeconds(15);

  private final ApiClient api;
  private final String name;
  private final int port = FreePort.find();
  private final String targetGroupArn;
  private final Set<String> everyTask = new ConcurrentSkipListSet<>();

  WebService(BerthSuite suite, String name, int desiredCount) {
    this(suite.api(), name, desiredCount, json());
  }

  /**
   * Creates it.
   *
   * @param more further members of the service
   */
  public WebService(ApiClient api, String name, int desiredCount, ObjectNode more) {
    this.api = api;
    this.name = name;
    String definition = register("1", ExampleImage.TAG);
    targetGroupArn =
        api.post(
                "/v1/target-groups",
                json()
                    .put("name", name)
                    .put("protocol", "HTTP")
                    .put("port", 80)
                    .put("healthCheckPath", "/")
                    .put("healthCheckIntervalSeconds", 1)
                    .put("healthCheckTimeoutSeconds", 1)
                    .put("deregistrationDelaySeconds", 20))
            .path("targetGroupArn")
            .asText();
    api.post("/v1/load-balancers", json().put("name", name));
    ObjectNode listener = json().put("protocol", "HTTP").put("port", port);
    listener
        .putArray("defaultActions")
        .addObject()
        .put("type", "forward")
        .put("targetGroupArn", targetGroupArn);
    api.post("/v1/load-balancers/" + name + "/listeners", listener);
    ObjectNode service =
        more.put("serviceName", name)
            .put("taskDefinition", definition)
            .put("desiredCount", desiredCount);
    service
        .putArray("loadBalancers")
        .addObject()
        .put("targetGroupArn", targetGroupArn)
        .put("containerName", "web")
        .put("containerPort", 8080);
    api.post("/v1/clusters/default/services", service);
  }

  /** Registers a revision of the service's task definition and returns its ARN. */
  public String register(String revision, String image) {
    ObjectNode definition = json().put("family", name).put("networkMode", "bridge");
    ObjectNode container =
        definition
            .putArray("containerDefinitions")
            .addObject()
            .put("name", "web")
            .put("image", image)
            .put("cpu", 32)
            .put("memory", 64)
            .put("stopTimeout", 20);
    container.putArray("portMappings").addObject().put("containerPort", 8080).put("hostPort", 0);
    container.putArray("environment").addObject().put("name", "REVISION").put("value", revision);
    return api.post("/v1/task-definitions", definition).path("taskDefinitionArn").asText();
  }

  public void update(ObjectNode change) {
    api.patch(path(), change);
  }

  public JsonNode describe() {
    return api.get(path());
  }

  /** The sentences of the service's events, newest first. */
  public List<String> events() {
    List<String> messages = new ArrayList<>();
    describe().path("events").forEach(event -> messages.add(event.path("message").asText()));
    return messages;
  }

  /**
   * Waits until the service is stable with its newest revision and the API knows of exactly this
   * many running tasks: what it hears of services and of tasks comes by two topics.
   */
  public void awaitStable(int count) {
    await(name + " is stable with " + count + " tasks")
        .atMost(BerthSuite.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(runningTasks()).hasSize(count);
              JsonNode service = describe();
              JsonNode deployments = service.path("deployments");
              assertThat(deployments).hasSize(1);
              assertThat(deployments.get(0).path("rolloutState").asText()).isEqualTo("COMPLETED");
              assertThat(service.path("runningCount").asInt()).isEqualTo(count);
              assertThat(service.path("pendingCount").asInt()).isZero();
            });
  }

  /** Ids of the tasks that run and are to go on running. */
  public List<String> runningTasks() {
    List<String> ids = new ArrayList<>();
    for (JsonNode task :
        api.get("/v1/clusters/default/tasks?serviceName=" + name + "&desiredStatus=RUNNING")
            .path("tasks")) {
      String id = BerthSuite.shortName(task.path("taskArn").asText());
      everyTask.add(id);
      if (task.path("lastStatus").asText().equals("RUNNING")) {
        ids.add(id);
      }
    }
    return ids;
  }

  public JsonNode task(String id) {
    return api.get("/v1/tasks/" + id);
  }

  public NumberedLoad load(int most) {
    return new NumberedLoad(URI.create("http://127.0.0.1:" + port), 40, most);
  }

  /** Compares what the client sent with what all tasks of this service have handled. */
  public Comparison compare(List<NumberedLoad.Sent> sent) {
    runningTasks();
    for (JsonNode task :
        api.get("/v1/clusters/default/tasks?serviceName=" + name + "&desiredStatus=STOPPED")
            .path("tasks")) {
      everyTask.add(BerthSuite.shortName(task.path("taskArn").asText()));
    }
    Comparison[] comparison = new Comparison[1];
    // The last lines of a log come a moment after the answer they tell about.
    Polling.until(
        () -> {
          comparison[0] =
              Comparison.of(
                  sent,
                  everyTask.stream().map(id -> api.text("/v1/tasks/" + id + "/logs")).toList());
          return comparison[0].lost().isEmpty();
        },
        LOGS_TIMEOUT);
    return comparison[0];
  }

  public void awaitAnswer() {
    await(name + " answers")
        .atMost(BerthSuite.PATIENCE)
        .ignoreExceptions()
        .until(() -> api.plain(URI.create("http://127.0.0.1:" + port + "/")).length() > 0);
  }

  public static ObjectNode json() {
    return ApiClient.json().createObjectNode();
  }

  @Override
  public void close() {
    api.delete(path() + "?force=true");
    await(name + " is gone")
        .atMost(BerthSuite.PATIENCE)
        .until(() -> describe().path("status").asText().equals("INACTIVE"));
    api.delete("/v1/load-balancers/" + name + "/listeners/" + port);
    api.delete("/v1/load-balancers/" + name);
    api.delete("/v1/target-groups/" + name);
  }

  private String path() {
    return "/v1/clusters/default/services/" + name;
  }
}
