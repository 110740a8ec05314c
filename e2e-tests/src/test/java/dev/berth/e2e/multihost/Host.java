package dev.berth.e2e.multihost;

import dev.berth.e2e.Commands;
import dev.berth.standalone.docker.DockerAddress;
import dev.berth.standalone.docker.DockerEngine;
import dev.berth.standalone.home.BerthHome;
import dev.berth.standalone.process.ChildProcess;
import dev.berth.standalone.process.FileTrees;
import dev.berth.standalone.supervisor.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A further machine: a network namespace with a Docker Engine of its own, which joins as the
 * operations page says: {@code ./berth up --join TOKEN --advertise ADDRESS}.
 */
final class Host {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HostNetwork network;
  private final int number;
  private final Path root;
  private final Path folder;
  private final String namespace;
  private final DockerEngine docker;
  private final Map<String, String> composeEnvironment = new TreeMap<>();
  private List<String> composed = List.of();
  private ChildProcess engine;

  /** Makes the machine and starts its engine. */
  Host(HostNetwork network, int number, Path root, Path parent) {
    this.network = network;
    this.number = number;
    this.root = root;
    this.folder = parent.resolve(name());
    this.namespace = network.plugIn(number);
    this.docker = new DockerEngine(new DockerAddress(dockerHost(), true));
    startEngine();
  }

  String name() {
    return "host-" + number;
  }

  String address() {
    return network.address(number);
  }

  DockerEngine docker() {
    return docker;
  }

  BerthHome home() {
    return new BerthHome(root, folder.resolve("berth"));
  }

  /** Gives the engine an image that another engine has. */
  void load(Path archive) {
    Commands.run(
            folder,
            Map.of(),
            List.of("docker", "-H", dockerHost(), "load", "-i", archive.toString()))
        .orThrow();
  }

  /**
   * Joins by docker-compose.node.yml.
   *
   * @param env what {@code ./berth token --env} prints
   */
  void joinByCompose(List<String> compose, String env) {
    composed = compose;
    for (String line : env.lines().toList()) {
      int at = line.indexOf('=');
      composeEnvironment.put(line.substring(0, at), line.substring(at + 1).replaceAll("^'|'$", ""));
    }
    composeEnvironment.put("BERTH_NODE_NAME", name());
    composeEnvironment.put("BERTH_NODE_ADDRESS", address());
    composeEnvironment.put("DOCKER_HOST", dockerHost());
    composeEnvironment.put("DOCKER_SOCKET", folder.resolve("docker.sock").toString());
    composeEnvironment.put("DOCKER_BUILDKIT", "0");
    compose("up", "--build", "-d").orThrow();
  }

  /** The logs of what compose has started here. */
  String composeLogs() {
    return compose("logs", "--tail=60").output();
  }

  private Commands.Result compose(String... arguments) {
    List<String> command = new ArrayList<>(composed);
    command.addAll(List.of("-p", name(), "-f", "docker-compose.node.yml"));
    command.addAll(List.of(arguments));
    return Commands.run(root, composeEnvironment, command);
  }

  /** Joins the installation that the token is from, and returns when its node is ready. */
  void join(String token) {
    Commands.run(
            root,
            Map.of(
                "BERTH_HOME", home().folder().toString(),
                "BERTH_BUILD", "never",
                "DOCKER_HOST", dockerHost()),
            HostNetwork.within(
                namespace,
                List.of(
                    root.resolve("berth").toString(),
                    "up",
                    "--detach",
                    "--join",
                    token,
                    "--advertise",
                    address(),
                    "--name",
                    name())))
        .orThrow();
  }

  /** Pulls the plug of its network; what runs on it goes on. */
  void cut() {
    network.cut(number);
  }

  void mend() {
    network.mend(number);
  }

  /** Ids of the tasks with a running container of Berth's here, whoever knows of it. */
  Set<String> runningTasks() {
    return new TreeSet<>(
        Commands.run(
                folder,
                Map.of(),
                List.of(
                    "docker",
                    "-H",
                    dockerHost(),
                    "ps",
                    "--filter",
                    "label=dev.berth.container-name",
                    "--format",
                    "{{.Label \"dev.berth.task-id\"}}"))
            .orThrow()
            .lines()
            .filter(line -> !line.isBlank())
            .toList());
  }

  void startEngine() {
    engine =
        ChildProcess.start(
            "dockerd of " + name(),
            HostNetwork.within(
                namespace,
                List.of(
                    "dockerd",
                    "--data-root",
                    folder.resolve("docker").toString(),
                    "--exec-root",
                    folder.resolve("exec").toString(),
                    "--pidfile",
                    folder.resolve("docker.pid").toString(),
                    "--host",
                    dockerHost(),
                    "--bip",
                    "10.214." + number + ".1/24",
                    "--cgroup-parent",
                    "/" + namespace,
                    // Containers outlive a restart of the engine, as they do on a server.
                    "--live-restore")),
            Map.of(),
            folder.resolve("dockerd.log"));
    engine.awaitReady(this::engineAnswers, PATIENCE);
  }

  /** Stops the engine; its containers go on. */
  void stopEngine() {
    engine.stop(Duration.ofSeconds(20));
  }

  /** The machine is gone: network, node and containers, without a word. */
  void lose() {
    cut();
    RunFolder run = new RunFolder(home().run());
    run.supervisor().ifPresent(ProcessHandle::destroyForcibly);
    run.process(name()).ifPresent(ProcessHandle::destroyForcibly);
    removeContainers();
    stopEngine();
  }

  /** Ends everything on it; its namespace goes with the network. */
  void close() {
    Optional<ProcessHandle> supervisor = new RunFolder(home().run()).supervisor();
    supervisor.ifPresent(ProcessHandle::destroy);
    supervisor.ifPresent(process -> process.onExit().join());
    if (engine.isAlive()) {
      if (!composed.isEmpty()) {
        compose("down", "-v", "-t", "5");
      }
      removeContainers();
      stopEngine();
    }
  }

  /** Removes its images and layers; logs stay. */
  void delete() {
    FileTrees.delete(folder.resolve("docker"));
    // An engine whose containers had the host's network leaves that mounted.
    Commands.works("umount", folder.resolve("exec/netns/default").toString());
    FileTrees.delete(folder.resolve("exec"));
  }

  private void removeContainers() {
    docker.containersWithLabel("dev.berth.installation-id").forEach(docker::removeContainer);
  }

  private boolean engineAnswers() {
    try {
      docker.ping();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String dockerHost() {
    return "unix://" + folder.resolve("docker.sock");
  }
}
