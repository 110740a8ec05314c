package dev.berth.e2e.multihost;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.e2e.BerthSuite;
import dev.berth.e2e.Commands;
import dev.berth.standalone.RefusedException;
import dev.berth.standalone.demo.ApiClient;
import dev.berth.standalone.docker.DockerAddress;
import dev.berth.standalone.docker.DockerEngine;
import dev.berth.standalone.example.ExampleImage;
import dev.berth.standalone.home.BerthHome;
import dev.berth.standalone.home.Installation;
import dev.berth.standalone.join.KafkaAccess;
import dev.berth.standalone.process.ChildProcess;
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
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * A control plane without a node of its own, and hosts that joined it. Each host is a zone of its
 * own. One for all stories: each gives back the three hosts it found.
 */
final class MultiHostSuite {
  static final int HOSTS = 3;
  static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static MultiHostSuite shared;
  private static boolean failed;

  private final Path folder;
  private final BerthHome home;
  private final Installation installation;
  private final HostNetwork network;
  private final Suite suite;
  private final ApiClient api;
  private final String token;
  private final Path imageArchive;
  private final Map<Integer, Host> hosts = new TreeMap<>();
  private Component standby;

  private MultiHostSuite() throws IOException {
    folder = Files.createTempDirectory("berth-hosts");
    home = new BerthHome(ROOT, folder.resolve("berth"));
    network = new HostNetwork();
    // Before the engines, which are children of this process, are ended with it.
    ChildProcess.beforeChildrenEnd(this::close);
    installation =
        Installation.create()
            .withNodes(0)
            .withPorts(BerthSuite.freePorts())
            .withAdvertise(network.address());
    installation.write(home.installationFile());
    Installation.makeSecretsKey(home.secretsKey());
    KafkaAccess kafka = new KafkaAccess(installation, home.tls());
    suite = Suite.of(home, installation, new Capacity(0, 0), kafka.brokerProperties());
    token = kafka.token().encode();
    imageArchive = exampleImage();
    api =
        new ApiClient(
            URI.create("http://127.0.0.1:" + installation.ports().api()),
            installation.makeCredentials(home.credentials()));
    start(suite.stages().getFirst());
    kafka.grant("127.0.0.1:" + installation.ports().kafka());
    start(suite.stages().getLast());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture.allOf(
              IntStream.rangeClosed(1, HOSTS)
                  .mapToObj(number -> CompletableFuture.runAsync(() -> addHost(number), threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    }
  }

  /** The suite of this run; the first story starts it. */
  static synchronized MultiHostSuite shared() {
    Optional<String> missing = HostNetwork.missing(ROOT.resolve("target"));
    missing.ifPresent(reason -> System.out.println("Multi-host stories are skipped: " + reason));
    assumeTrue(missing.isEmpty(), missing.orElse(""));
    if (shared == null) {
      // A suite that could not start is not started again for each story.
      assumeTrue(!failed, "the hosts could not be started, see the first story");
      failed = true;
      try {
        shared = new MultiHostSuite();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      failed = false;
    }
    return shared;
  }

  /** The suite if it runs. */
  static synchronized Optional<MultiHostSuite> started() {
    return Optional.ofNullable(shared);
  }

  ApiClient api() {
    return api;
  }

  Host host(int number) {
    return hosts.get(number);
  }

  /** A machine that joins, and is an active instance when this returns. */
  Host addHost(int number) {
    Host host = machine(number);
    host.load(imageArchive);
    host.join(token);
    awaitConnected(host);
    return host;
  }

  /** The example's image as {@code docker save} writes it. */
  Path imageArchive() {
    return imageArchive;
  }

  /** A machine with an engine that has not joined yet. */
  Host machine(int number) {
    synchronized (hosts) {
      Host host = new Host(network, number, ROOT, folder);
      hosts.put(number, host);
      return host;
    }
  }

  /** What {@code ./berth token --env} prints. */
  String tokenAsEnvironment() {
    return Commands.run(
            ROOT,
            Map.of("BERTH_HOME", home.folder().toString(), "BERTH_BUILD", "never"),
            List.of(ROOT.resolve("berth").toString(), "token", "--env"))
        .orThrow();
  }

  /** Takes a machine out of service for good: stops it and deregisters its instance. */
  void removeHost(int number) {
    Host host = hosts.remove(number);
    if (host == null) {
      return; // it could not be added
    }
    Optional<String> id = knownInstance(host);
    host.close();
    network.unplug(number);
    host.delete();
    id.ifPresent(
        known -> api.delete("/v1/clusters/default/container-instances/" + known + "?force=true"));
  }

  void awaitConnected(Host host) {
    await(host.name() + " is an active instance")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(RefusedException.class)
        .until(
            () ->
                instances().stream()
                    .anyMatch(
                        instance ->
                            instance.path("name").asText().equals(host.name())
                                && instance.path("status").asText().equals("ACTIVE")
                                && instance.path("agentConnected").asBoolean()));
  }

  /** Container instances as the API shows them. */
  List<JsonNode> instances() {
    List<JsonNode> all = new ArrayList<>();
    api.get("/v1/clusters/default/container-instances")
        .path("containerInstances")
        .forEach(all::add);
    return all;
  }

  String instanceId(Host host) {
    return knownInstance(host).orElseThrow();
  }

  private Optional<String> knownInstance(Host host) {
    return instances().stream()
        .filter(instance -> instance.path("name").asText().equals(host.name()))
        .map(instance -> BerthSuite.shortName(instance.path("containerInstanceArn").asText()))
        .findFirst();
  }

  Component scheduler() {
    return suite.component("scheduler").orElseThrow();
  }

  /** A second scheduler, ready to take over. */
  Component standbyScheduler() {
    if (standby == null) {
      standby = Suite.standbyScheduler(home, installation, FreePort.find());
    }
    standby.start();
    awaitReady(standby);
    return standby;
  }

  /** The last lines of each log, for a story that failed. */
  String logTails() {
    StringBuilder text = new StringBuilder();
    List<Path> logs = new ArrayList<>();
    suite.components().forEach(part -> logs.add(part.logFile()));
    hosts.values().forEach(host -> logs.add(host.home().log(host.name())));
    if (standby != null) {
      logs.add(standby.logFile());
    }
    for (Path log : logs) {
      text.append("---- ").append(log).append('\n');
      try {
        List<String> lines = Files.readAllLines(log);
        lines.stream()
            .skip(Math.max(0, lines.size() - 25))
            .forEach(line -> text.append(line).append('\n'));
      } catch (IOException e) {
        text.append(e).append('\n');
      }
    }
    return text.toString();
  }

  private static void start(List<Component> stage) {
    stage.forEach(Component::start);
    stage.forEach(MultiHostSuite::awaitReady);
  }

  static void awaitReady(Component part) {
    await(part.name() + " is ready").atMost(PATIENCE).until(part::isReady);
  }

  private Path exampleImage() {
    DockerEngine docker = new DockerEngine(DockerAddress.of(System.getenv()));
    ExampleImage.build(docker, home);
    Path archive = folder.resolve("example.tar");
    Commands.run(
            folder, Map.of(), List.of("docker", "save", "-o", archive.toString(), ExampleImage.TAG))
        .orThrow();
    return archive;
  }

  /** Ends everything; what can't be ended must not keep the rest. */
  private void close() {
    hosts.values().forEach(host -> attempt(host::close));
    if (standby != null) {
      attempt(standby::stop);
    }
    if (suite != null) {
      suite.components().reversed().forEach(part -> attempt(part::stop));
    }
    attempt(network::close);
    hosts.values().forEach(host -> attempt(host::delete));
  }

  private static void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      System.out.println("Multi-host stories, at their end: " + e);
    }
  }
}
