package dev.berth.standalone.command;

import dev.berth.standalone.RefusedException;
import dev.berth.standalone.docker.DockerAddress;
import dev.berth.standalone.docker.DockerEngine;
import dev.berth.standalone.docker.DockerSetup;
import dev.berth.standalone.example.ExampleImage;
import dev.berth.standalone.home.BerthHome;
import dev.berth.standalone.process.JavaCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the load benchmarks. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure a suite of its own beside plain Docker; see benchmarks/README.md.")
public final class BenchCommand implements Callable<Integer> {
  /** Their nodes are simulated, or they have none. */
  private static final Set<String> WITHOUT_DOCKER =
      Set.of("scheduler", "cluster", "failover", "lb");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ARGUMENT",
      arity = "0..*",
      description =
          "Rounds (5); or `api`, the seconds of each figure (10), and `reads` for reads alone; or"
              + " `scheduler` and which of placement, reconcile and start (all); or `cluster`,"
              + " rounds (3) and tasks of each (10000); or `failover` and rounds (7);"
              + " or `lb`, beside nginx and HAProxy, and `full` for longer figures.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    BerthHome home = BerthHome.current();
    Path jar = home.root().resolve("benchmarks/target/benchmarks-1.0.0-SNAPSHOT.jar");
    if (!Files.exists(jar)) {
      throw new RefusedException(jar + " is not built");
    }
    if (arguments.stream().noneMatch(WITHOUT_DOCKER::contains)) {
      DockerEngine docker =
          new DockerSetup(DockerAddress.of(System.getenv()), home.logs(), out::println).ensure();
      ExampleImage.build(docker, home);
    }
    out.flush();
    List<String> command =
        new ArrayList<>(
            List.of(
                JavaCommand.java().toString(),
                "-jar",
                jar.toString(),
                home.root().toString(),
                ExampleImage.TAG));
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("The benchmark can't be started", e);
    }
  }
}
