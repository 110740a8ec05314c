package dev.berth.standalone.command;

import dev.berth.standalone.RefusedException;
import dev.berth.standalone.docker.DockerAddress;
import dev.berth.standalone.docker.DockerEngine;
import dev.berth.standalone.home.BerthHome;
import dev.berth.standalone.home.Installation;
import dev.berth.standalone.process.Polling;
import dev.berth.standalone.supervisor.RunFolder;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stops what {@code up} started. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stop Berth. Containers go on running, and the next `up` finds them again.")
public final class DownCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final String LABEL = "dev.berth.installation-id=";

  @Spec private CommandSpec spec;

  @Option(
      names = "--volumes",
      description = "Also remove the tasks' containers and volumes, and all data of Berth.")
  private boolean volumes;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    BerthHome home = BerthHome.current();
    RunFolder run = new RunFolder(home.run());
    Optional<ProcessHandle> supervisor = run.supervisor();
    if (supervisor.isPresent()) {
      out.println("Stopping Berth (process " + supervisor.get().pid() + ")");
      out.flush();
      supervisor.get().destroy();
      if (!Polling.until(() -> !supervisor.get().isAlive(), TIMEOUT)) {
        throw new RefusedException(
            "the supervisor (process %d) still runs after %d s; see %s"
                .formatted(supervisor.get().pid(), TIMEOUT.toSeconds(), home.log("berth")));
      }
    }
    run.endLeftovers(
        line -> {
          out.println(line);
          out.flush();
        });
    run.markStopped();
    Optional<Installation> installation = Installation.read(home.installationFile());
    if (volumes) {
      installation.ifPresent(kept -> removeContainers(kept.installationId(), out));
      home.removeAll();
      out.println("Removed all data in " + home.folder());
    }
    out.println(supervisor.isPresent() ? "Berth is down." : "Berth was not up.");
    out.flush();
    return 0;
  }

  private static void removeContainers(String installationId, PrintWriter out) {
    DockerEngine docker = new DockerEngine(DockerAddress.of(System.getenv()));
    List<String> containers = docker.containersWithLabel(LABEL + installationId);
    containers.forEach(docker::removeContainer);
    List<String> named = docker.volumesWithLabel(LABEL + installationId);
    named.forEach(docker::removeVolume);
    out.println("Removed %d containers and %d volumes".formatted(containers.size(), named.size()));
  }
}
