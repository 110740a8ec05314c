package dev.berth.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.standalone.demo.ApiClient;
import dev.berth.standalone.docker.DockerAddress;
import dev.berth.standalone.docker.DockerEngine;
import dev.berth.standalone.example.ExampleImage;
import dev.berth.standalone.home.BerthHome;
import dev.berth.standalone.home.Installation;
import dev.berth.standalone.home.Ports;
import dev.berth.standalone.process.FreePort;
import dev.berth.standalone.suite.Capacity;
import dev.berth.standalone.suite.Component;
import dev.berth.standalone.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A whole Berth of this test run: its parts as processes that a story may kill and start again. */
public final class BerthSuite {
  public static final int NODES = 3;
  public static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static BerthSuite shared;

  private final BerthHome home;
  private final Installation installation;
  private final Suite suite;
  private final DockerEngine docker;
  private final ApiClient api;
  private final List<Component> further = new CopyOnWriteArrayList<>();

  private BerthSuite() throws IOException {
    docker = new DockerEngine(DockerAddress.of(System.getenv()));
    home = new BerthHome(ROOT, Files.createTempDirectory("berth-e2e"));
    installation = Installation.create().withNodes(NODES).withPorts(freePorts());
    installation.write(home.installationFile());
    ExampleImage.build(docker, home);
    suite = Suite.of(home, installation, new Capacity(3 * 2048, 3 * 2048), Map.of());
    Installation.makeSecretsKey(home.secretsKey());
    String token = installation.makeCredentials(home.credentials());
    api = new ApiClient(URI.create("http://127.0.0.1:" + installation.ports().api()), token);
    Runtime.getRuntime().addShutdownHook(new Thread(this::removeContainers));
    for (List<Component> stage : suite.stages()) {
      stage.forEach(Component::start);
      stage.forEach(part -> awaitReady(part.name()));
    }
    await("three active container instances")
        .atMost(PATIENCE)
        .until(() -> activeInstances().size() == NODES);
  }

  /** The suite of this run; the first story starts it. */
  public static synchronized BerthSuite shared() {
    assumeTrue(dockerAnswers(), "needs a Docker engine");
    if (shared == null) {
      try {
        shared = new BerthSuite();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return shared;
  }

  /** The API as the administrator calls it. */
  public ApiClient api() {
    return api;
  }

  /** The engine that all nodes share. */
  public DockerEngine docker() {
    return docker;
  }

  public Component part(String name) {
    return suite.component(name).orElseThrow();
  }

  /** Names of the services' processes, nodes included. */
  public List<String> services() {
    return suite.stages().getLast().stream().map(Component::name).toList();
  }

  /**
   * One more node, of a cluster that no other story uses; its story stops it.
   *
   * @param containerInstanceArn what was registered for it
   */
  public Component startFurtherNode(String cluster, String containerInstanceArn) {
    Component node =
        Suite.furtherNode(
            home,
            installation,
            "node-of-" + cluster,
            cluster,
            containerInstanceArn,
            FreePort.find());
    further.add(node);
    node.start();
    return node;
  }

  public void killMinusNine(String name) {
    part(name).process().kill();
  }

  public void start(String name) {
    part(name).start();
  }

  public void awaitReady(String name) {
    await(name + " is ready").atMost(PATIENCE).until(part(name)::isReady);
  }

  /** Empties Kafka: its data are gone, its port is the same. */
  public void emptyKafka() {
    part("kafka").stop();
    dev.berth.standalone.process.FileTrees.delete(home.kafkaData());
    part("kafka").start();
  }

  public List<JsonNode> activeInstances() {
    List<JsonNode> active = new ArrayList<>();
    for (JsonNode instance :
        api.get("/v1/clusters/default/container-instances").path("containerInstances")) {
      if (instance.path("status").asText().equals("ACTIVE")
          && instance.path("agentConnected").asBoolean()) {
        active.add(instance);
      }
    }
    return active;
  }

  /** The id of the container instance that a node of this name is. */
  public String instanceOf(String node) {
    for (JsonNode instance :
        api.get("/v1/clusters/default/container-instances").path("containerInstances")) {
      if (instance.path("name").asText().equals(node)) {
        return shortName(instance.path("containerInstanceArn").asText());
      }
    }
    throw new AssertionError("No container instance of " + node);
  }

  /** Docker's ids of the running containers with a label. */
  public List<String> containers(String label, String value) {
    return docker.containersWithLabel(label + "=" + value);
  }

  /** The administrator's credentials file. */
  public Path credentials() {
    return home.credentials();
  }

  public Ports ports() {
    return installation.ports();
  }

  /** The last lines of each log, for a story that failed. */
  public String logTails() {
    StringBuilder text = new StringBuilder();
    for (Component part : suite.components()) {
      text.append("---- ").append(part.name()).append('\n');
      try {
        List<String> lines = Files.readAllLines(part.logFile());
        lines.stream()
            .skip(Math.max(0, lines.size() - 25))
            .forEach(line -> text.append(line).append('\n'));
      } catch (IOException e) {
        text.append(e).append('\n');
      }
    }
    return text.toString();
  }

  public static String shortName(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private void removeContainers() {
    further.forEach(Component::stop);
    suite.components().reversed().forEach(Component::stop);
    docker
        .containersWithLabel("dev.berth.installation-id=" + installation.installationId())
        .forEach(docker::removeContainer);
  }

  private static boolean dockerAnswers() {
    try {
      new DockerEngine(DockerAddress.of(System.getenv())).ping();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ports that are free now. */
  public static Ports freePorts() {
    return new Ports(
        FreePort.find(),
        FreePort.find(),
        FreePort.find(),
        FreePort.find(),
        FreePort.find(),
        FreePort.find(),
        FreePort.find());
  }
}
