package dev.berth.e2e.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.e2e.BerthSuite;
import dev.berth.e2e.WebService;
import dev.berth.standalone.demo.ApiClient;
import dev.berth.standalone.docker.DockerEngine;
import dev.berth.standalone.process.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A service whose tasks answer numbered requests, kept alive, and WebSockets, and write down which,
 * behind a listener of HTTP and one of HTTPS. The revisions with odd numbers exit at once on
 * SIGTERM, whatever is open.
 */
final class NumberedService implements AutoCloseable {
  private static final String IMAGE = "berth/numbered-target:1";
  private static final Path CONTEXT = Path.of("src/test/resources/balancer");

  /** Longer than the longest request; nobody has to wait for its end. */
  private static final int DEREGISTRATION_DELAY_SECONDS = 15;

  private final ApiClient api;
  private final String name;
  private final String certificateArn;
  private final int http = FreePort.find();
  private final int https = FreePort.find();
  private final Path handled;
  private int revision;

  NumberedService(
      BerthSuite suite, String name, int desiredCount, OwnCertificate certificate, Path handled) {
    this.api = suite.api();
    this.name = name;
    this.handled = handled;
    buildImage(suite.docker());
    String definition = register();
    String targetGroup =
        api.post(
                "/v1/target-groups",
                WebService.json()
                    .put("name", name)
                    .put("protocol", "HTTP")
                    .put("port", 80)
                    .put("healthCheckPath", "/")
                    .put("healthCheckIntervalSeconds", 1)
                    .put("healthCheckTimeoutSeconds", 1)
                    .put("healthyThresholdCount", 2)
                    .put("unhealthyThresholdCount", 4)
                    .put("deregistrationDelaySeconds", DEREGISTRATION_DELAY_SECONDS))
            .path("targetGroupArn")
            .asText();
    certificateArn =
        api.post(
                "/v1/certificates",
                WebService.json()
                    .put("certificate", certificate.certificate())
                    .put("privateKey", certificate.privateKey()))
            .path("certificateArn")
            .asText();
    api.post("/v1/load-balancers", WebService.json().put("name", name));
    listener("HTTP", http, targetGroup);
    listener("HTTPS", https, targetGroup);
    ObjectNode service =
        WebService.json()
            .put("serviceName", name)
            .put("taskDefinition", definition)
            .put("desiredCount", desiredCount);
    service
        .putArray("loadBalancers")
        .addObject()
        .put("targetGroupArn", targetGroup)
        .put("containerName", "target")
        .put("containerPort", 8080);
    api.post("/v1/clusters/default/services", service);
  }

  private void listener(String protocol, int port, String targetGroup) {
    ObjectNode listener = WebService.json().put("protocol", protocol).put("port", port);
    if (protocol.equals("HTTPS")) {
      listener.putArray("certificates").addObject().put("certificateArn", certificateArn);
    }
    listener
        .putArray("defaultActions")
        .addObject()
        .put("type", "forward")
        .put("targetGroupArn", targetGroup);
    api.post("/v1/load-balancers/" + name + "/listeners", listener);
  }

  int http() {
    return http;
  }

  int https() {
    return https;
  }

  /** Registers the next revision of the task definition and returns its ARN. */
  String register() {
    revision++;
    ObjectNode definition = WebService.json().put("family", name).put("networkMode", "bridge");
    ObjectNode container =
        definition
            .putArray("containerDefinitions")
            .addObject()
            .put("name", "target")
            .put("image", IMAGE)
            .put("cpu", 32)
            .put("memory", 64)
            .put("stopTimeout", 20);
    container.putArray("portMappings").addObject().put("containerPort", 8080).put("hostPort", 0);
    container
        .putArray("mountPoints")
        .addObject()
        .put("sourceVolume", "handled")
        .put("containerPath", "/handled");
    definition
        .putArray("volumes")
        .addObject()
        .put("name", "handled")
        .putObject("host")
        .put("sourcePath", handled.toString());
    var environment = container.putArray("environment");
    environment.addObject().put("name", "REVISION").put("value", Integer.toString(revision));
    environment.addObject().put("name", "AT_ONCE").put("value", revision % 2 == 1 ? "yes" : "no");
    return api.post("/v1/task-definitions", definition).path("taskDefinitionArn").asText();
  }

  /** Deploys the next revision and waits until it has taken over. */
  void deploy(int count) {
    api.patch(path(), WebService.json().put("taskDefinition", register()));
    awaitStable(count);
  }

  void scale(int count) {
    api.patch(path(), WebService.json().put("desiredCount", count));
    awaitStable(count);
  }

  /** Stops one task by hand and waits for another one in its place. */
  void stopATask(int count) {
    String victim = tasks("RUNNING").getFirst();
    api.post("/v1/tasks/" + victim + "/stop", WebService.json().put("reason", "no-loss story"));
    await("another task in place of " + victim)
        .atMost(BerthSuite.PATIENCE)
        .until(
            () -> {
              List<String> running = tasks("RUNNING");
              return running.size() == count && !running.contains(victim);
            });
    awaitStable(count);
  }

  /** Waits until it is stable and nothing drains any more. */
  void awaitStable(int count) {
    await(name + " is stable with " + count + " tasks")
        .atMost(BerthSuite.PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode service = api.get(path());
              JsonNode deployments = service.path("deployments");
              assertThat(deployments).hasSize(1);
              assertThat(deployments.get(0).path("rolloutState").asText()).isEqualTo("COMPLETED");
              assertThat(service.path("runningCount").asInt()).isEqualTo(count);
              assertThat(service.path("pendingCount").asInt()).isZero();
              assertThat(targets("draining")).isZero();
            });
  }

  private long targets(String state) {
    return api.get("/v1/target-groups/" + name + "/targets").findValuesAsText("state").stream()
        .filter(state::equals)
        .count();
  }

  private List<String> tasks(String desiredStatus) {
    List<String> ids = new ArrayList<>();
    for (JsonNode task :
        api.get(
                "/v1/clusters/default/tasks?serviceName="
                    + name
                    + "&desiredStatus="
                    + desiredStatus
                    + "&maxResults=100")
            .path("tasks")) {
      ids.add(BerthSuite.shortName(task.path("taskArn").asText()));
    }
    return ids;
  }

  /** What the tasks have written down so far, one text per task. */
  List<String> handled() {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(handled)) {
      for (Path file : files.toList()) {
        texts.add(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  void awaitAnswer() {
    await(name + " answers")
        .atMost(BerthSuite.PATIENCE)
        .ignoreExceptions()
        .until(() -> api.plain(URI.create("http://127.0.0.1:" + http + "/")).equals("{}"));
  }

  @Override
  public void close() {
    api.delete(path() + "?force=true");
    await(name + " is gone")
        .atMost(BerthSuite.PATIENCE)
        .until(() -> api.get(path()).path("status").asText().equals("INACTIVE"));
    api.delete("/v1/load-balancers/" + name + "/listeners/" + http);
    api.delete("/v1/load-balancers/" + name + "/listeners/" + https);
    api.delete("/v1/load-balancers/" + name);
    api.delete("/v1/target-groups/" + name);
    api.delete("/v1/certificates/" + certificateArn);
  }

  private String path() {
    return "/v1/clusters/default/services/" + name;
  }

  private static void buildImage(DockerEngine docker) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);
        Stream<Path> files = Files.list(CONTEXT)) {
      for (Path file : files.sorted().toList()) {
        byte[] content = Files.readAllBytes(file);
        TarArchiveEntry entry = new TarArchiveEntry(file.getFileName().toString());
        entry.setSize(content.length);
        entry.setModTime(0L);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    docker.build(IMAGE, bytes.toByteArray());
  }
}
