package dev.berth.benchmarks.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.benchmarks.EcsCalls;
import dev.berth.benchmarks.HttpLine;
import dev.berth.contracts.Partitions;
import dev.berth.contracts.secret.AccessKeyPair;
import dev.berth.standalone.home.BerthHome;
import dev.berth.standalone.home.Installation;
import dev.berth.standalone.home.Ports;
import dev.berth.standalone.home.PrivateFiles;
import dev.berth.standalone.process.FreePort;
import dev.berth.standalone.suite.Component;
import dev.berth.standalone.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Kafka, PostgreSQL, api-service and scheduler-service of its own, without a node. Closing it stops
 * them and removes their data.
 */
final class ControlPlane implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BerthHome home;
  private final Installation installation;
  private final Suite suite;
  private final List<Component> schedulers = new ArrayList<>();
  private final EcsCalls ecs;

  private ControlPlane(Path root) throws IOException {
    home = new BerthHome(root, Files.createTempDirectory("berth-cluster"));
    installation = Installation.create().withPorts(freePorts());
    installation.write(home.installationFile());
    Installation.makeSecretsKey(home.secretsKey());
    AccessKeyPair keys = AccessKeyPair.generate();
    PrivateFiles.write(
        home.credentials(),
        keys.credentialsFile(installation.region(), UUID.randomUUID().toString()));
    ecs = new EcsCalls(url(), keys.id(), keys.secret());
    suite = Suite.controlPlane(home, installation);
    schedulers.add(suite.component("scheduler").orElseThrow());
  }

  /** Starts everything and waits until it is ready. */
  static ControlPlane start(Path root) throws IOException {
    ControlPlane plane = new ControlPlane(root);
    try {
      for (List<Component> stage : plane.suite.stages()) {
        stage.forEach(Component::start);
        stage.forEach(part -> await(part.name() + " is ready", part::isReady));
      }
      return plane;
    } catch (RuntimeException e) {
      plane.close();
      throw e;
    }
  }

  /** One more scheduler, warm once this returns. */
  Component startSecondScheduler() {
    Component second =
        Suite.controlPlaneScheduler(home, installation, "scheduler-2", FreePort.find());
    schedulers.add(second);
    second.start();
    await("the second scheduler is ready", second::isReady);
    return second;
  }

  List<Component> schedulers() {
    return List.copyOf(schedulers);
  }

  /** The scheduler that has the partition of a cluster; empty-handed while none has it. */
  Component leaderOf(String cluster) {
    int partition = Partitions.DEFAULT.ofCluster(cluster);
    Component[] leader = new Component[1];
    await(
        "a scheduler leads partition " + partition,
        () -> {
          leader[0] =
              schedulers.stream()
                  .filter(one -> one.process().isAlive() && leads(one, partition))
                  .findFirst()
                  .orElse(null);
          return leader[0] != null;
        });
    return leader[0];
  }

  private boolean leads(Component scheduler, int partition) {
    URI server = URI.create("http://127.0.0.1:" + scheduler.ports().getFirst());
    try (HttpLine line = new HttpLine(server)) {
      JsonNode health =
          JSON.readTree(
              line.exchange(
                      "GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n"
                          .getBytes(StandardCharsets.UTF_8))
                  .body());
      String led = health.findPath("partitions").asText().replaceAll("[^0-9,]", "");
      return health.path("status").asText().equals("UP")
          && List.of(led.split(",")).contains(Integer.toString(partition));
    } catch (IOException e) {
      // It is being started or was killed: it leads nothing.
      return false;
    }
  }

  EcsCalls ecs() {
    return ecs;
  }

  JsonNode call(String operation, String json) throws IOException {
    return ecs.call(operation, json);
  }

  String bootstrapServers() {
    return "127.0.0.1:" + installation.ports().kafka();
  }

  String installationId() {
    return installation.installationId();
  }

  /** Its processes, by the names of the parts. */
  List<Component> parts() {
    List<Component> parts = new ArrayList<>(suite.components());
    schedulers.stream().filter(one -> !parts.contains(one)).forEach(parts::add);
    return parts;
  }

  private String url() {
    return "http://127.0.0.1:" + installation.ports().api();
  }

  /**
   * Waits until something holds.
   *
   * @throws IllegalStateException if it doesn't within two minutes
   */
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Not within " + PATIENCE + ": " + what);
      }
      Pause.millis(20);
    }
  }

  @Override
  public void close() {
    schedulers.forEach(Component::stop);
    suite.components().reversed().forEach(Component::stop);
    home.removeAll();
  }

  private static Ports freePorts() {
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
