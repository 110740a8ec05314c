package dev.berth.standalone.docker;

import dev.berth.standalone.process.Polling;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Sees to it that a Docker Engine answers: finds it, else starts it, else installs it first. */
public final class DockerSetup {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private final DockerAddress address;
  private final DockerEngine engine;
  private final Path logs;
  private final Consumer<String> console;

  /**
   * A set-up for the engine at an address.
   *
   * @param logs folder for what the installation and the engine say
   */
  public DockerSetup(DockerAddress address, Path logs, Consumer<String> console) {
    this.address = address;
    this.engine = new DockerEngine(address);
    this.logs = logs;
    this.console = console;
  }

  /**
   * Returns an engine that answers.
   *
   * @throws DockerException if there is none and Berth can't change that; the message says what to
   *     do
   */
  public DockerEngine ensure() {
    Optional<IOException> failure = tryPing();
    if (failure.isEmpty()) {
      return engine;
    }
    if (address.configured()) {
      throw new DockerException(
          "Docker Engine at DOCKER_HOST=%s does not answer: %s"
              .formatted(address.value(), failure.get().getMessage()),
          failure.get());
    }
    if (isPermission(failure.get())) {
      throw new DockerException(
          "Docker Engine runs, but this user may not use it: `sudo usermod -aG docker $USER`, then"
              + " log in again (or run ./berth as root)",
          failure.get());
    }
    if (Packages.program("dockerd").isEmpty()) {
      install();
    }
    if (tryPing().isPresent()) {
      startEngine();
    }
    return engine;
  }

  private void install() {
    InstallPlan plan = InstallPlan.of(osRelease());
    String commands =
        plan.commands().stream()
            .map(command -> String.join(" ", command))
            .collect(Collectors.joining(" && "));
    if (!plan.automatic()) {
      throw new DockerException(
          "Docker Engine is not installed. Install it"
              + (commands.isEmpty() ? "" : ", as root: " + commands)
              + ", then run ./berth again");
    }
    List<String> asRoot =
        Packages.asRoot()
            .orElseThrow(
                () ->
                    new DockerException(
                        "Docker Engine is not installed, and installing it needs root or sudo: "
                            + commands));
    Path log = logs.resolve("install.log");
    console.accept(
        "Docker Engine is not installed. Installing the distribution's package: %s (log: %s)"
            .formatted(commands, log));
    Packages.run(asRoot, plan.commands(), log);
  }

  private void startEngine() {
    List<String> asRoot =
        Packages.asRoot()
            .orElseThrow(
                () ->
                    new DockerException(
                        "Docker Engine is installed but not running, and starting it needs root or"
                            + " sudo: systemctl start docker"));
    Path log = logs.resolve("dockerd.log");
    List<String> command = new ArrayList<>(asRoot);
    if (Files.isDirectory(Path.of("/run/systemd/system"))) {
      console.accept("Starting Docker Engine: systemctl start docker");
      command.addAll(List.of("systemctl", "start", "docker"));
    } else {
      console.accept("Starting Docker Engine: dockerd (log: " + log + ")");
      Path dockerd =
          Packages.program("dockerd")
              .orElseThrow(() -> new DockerException("dockerd is not installed"));
      // A session of its own: the engine and its containers outlive Berth.
      command.addAll(List.of("setsid", "--fork", dockerd.toString()));
    }
    try {
      Files.createDirectories(logs);
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectInput(Path.of("/dev/null").toFile())
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start()
          .waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      awaitAnswer(log);
    } catch (IOException e) {
      throw new DockerException("Docker Engine can't be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DockerException("Interrupted while starting Docker Engine", e);
    }
  }

  private void awaitAnswer(Path log) throws IOException {
    if (!Polling.until(() -> tryPing().isEmpty(), START_TIMEOUT)) {
      List<String> lines = Files.readAllLines(log);
      throw new DockerException(
          "Docker Engine did not answer within %d s; the end of %s:%n  %s"
              .formatted(
                  START_TIMEOUT.toSeconds(),
                  log,
                  String.join(
                      "\n  ", lines.subList(Math.max(0, lines.size() - 15), lines.size()))));
    }
    console.accept("Docker Engine " + engine.version() + " answers");
  }

  private Optional<IOException> tryPing() {
    try {
      engine.ping();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private static boolean isPermission(IOException failure) {
    return failure instanceof AccessDeniedException
        || (failure.getMessage() != null && failure.getMessage().contains("Permission denied"));
  }

  private static String osRelease() {
    try {
      return Files.readString(Path.of("/etc/os-release"));
    } catch (IOException e) {
      // No distribution that we know how to install on.
      return "";
    }
  }
}
