package dev.berth.e2e.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.e2e.Commands;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite as containers, and the README's first service on it. */
class ComposeStoryTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> environment = new TreeMap<>();
  private String api;
  private String token;

  @TempDir Path folder;

  @Test
  void theSuiteStartsAndTheFirstServiceAnswersThroughTheBalancer() throws Exception {
    assumeTrue(Commands.works("docker", "info"), "needs a Docker engine");
    List<String> compose = ComposeCommand.find();
    assumeTrue(!compose.isEmpty(), "needs docker compose, or docker-compose from the distribution");
    prepareEnvironment();
    try (BaseImages images = new BaseImages(ROOT)) {
      assertThat(images).isNotNull();
      try {
        compose(compose, "up", "--build", "-d").orThrow();
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .until(this::oneInstanceIsActive);

        int port = freePort();
        createFirstService(port);

        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .untilAsserted(
                () ->
                    assertThat(get("http://127.0.0.1:" + port + "/").statusCode()).isEqualTo(200));
        call("DELETE", "/v1/clusters/default/services/first?force=true", null);
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    call("GET", "/v1/clusters/default/services/first", null)
                        .path("status")
                        .asText()
                        .equals("INACTIVE"));
      } catch (Throwable failure) {
        System.out.println(compose(compose, "ps").output());
        System.out.println(compose(compose, "logs", "--tail=60").output());
        throw failure;
      } finally {
        compose(compose, "down", "-v", "--rmi", "local", "-t", "5");
      }
    }
  }

  private void createFirstService(int port) throws Exception {
    Commands.run(ROOT, Map.of(), List.of(ROOT.resolve("examples/image/build.sh").toString()))
        .orThrow();
    JsonNode definition =
        call(
            "POST",
            "/v1/task-definitions",
            Files.readString(ROOT.resolve("examples/task-definition.json")));
    String container = definition.at("/containerDefinitions/0/name").asText();
    int containerPort =
        definition.at("/containerDefinitions/0/portMappings/0/containerPort").asInt();
    String group =
        call(
                "POST",
                "/v1/target-groups",
                "{\"name\":\"first\",\"protocol\":\"HTTP\",\"port\":80,\"healthCheckPath\":\"/\"}")
            .path("targetGroupArn")
            .asText();
    call("POST", "/v1/load-balancers", "{\"name\":\"front\"}");
    call(
        "POST",
        "/v1/load-balancers/front/listeners",
        """
        {"protocol":"HTTP","port":%d,"defaultActions":[{"type":"forward","targetGroupArn":"%s"}]}
        """
            .formatted(port, group));
    call(
        "POST",
        "/v1/clusters/default/services",
        """
        {"serviceName":"first","taskDefinition":"%s","desiredCount":2,"loadBalancers":[
         {"targetGroupArn":"%s","containerName":"%s","containerPort":%d}]}
        """
            .formatted(
                definition.path("taskDefinitionArn").asText(), group, container, containerPort));
  }

  private boolean oneInstanceIsActive() {
    try {
      return call("GET", "/v1/clusters/default/container-instances", null)
          .path("containerInstances")
          .findValuesAsText("status")
          .contains("ACTIVE");
    } catch (IOException | IllegalStateException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private JsonNode call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(
          method + " " + path + ": " + response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private void prepareEnvironment() throws IOException {
    String lines =
        Commands.run(ROOT, Map.of(), List.of(ROOT.resolve("berth").toString(), "compose-env"))
            .orThrow();
    for (String line : lines.lines().filter(text -> text.matches("[A-Z_]+=.*")).toList()) {
      environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    for (String port : List.of("API", "SCHEDULER", "NODE", "LB", "KAFKA", "POSTGRES")) {
      environment.put("BERTH_" + port + "_PORT", Integer.toString(freePort()));
    }
    environment.put(
        "COMPOSE_PROJECT_NAME", "berth-test-" + UUID.randomUUID().toString().substring(0, 8));
    environment.put("DOCKER_BUILDKIT", "0");
    api = "http://127.0.0.1:" + environment.get("BERTH_API_PORT");
    token = environment.get("BERTH_ADMIN_TOKEN");
    assertThat(token).as("./berth compose-env gives the administrator's token").isNotBlank();
  }

  private Commands.Result compose(List<String> compose, String... arguments) {
    List<String> command = new ArrayList<>(compose);
    command.addAll(List.of(arguments));
    return Commands.run(ROOT, environment, command);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
