package dev.berth.standalone.command;

import dev.berth.standalone.check.Checks;
import dev.berth.standalone.docker.DockerAddress;
import dev.berth.standalone.docker.DockerSetup;
import dev.berth.standalone.example.StaticBusybox;
import dev.berth.standalone.home.BerthHome;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs every test. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = "Run every test and check, as CI does. Ends with 0 when all pass.")
public final class TestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ARGUMENT",
      arity = "0..*",
      description = "Passed on to Maven, after `--`; for example: -- -pl scheduler-service")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Consumer<String> console =
        line -> {
          out.println(line);
          out.flush();
        };
    BerthHome home = BerthHome.current();
    new DockerSetup(DockerAddress.of(System.getenv()), home.logs(), console).ensure();
    StaticBusybox.install(home.logs(), console);
    return new Checks(home, console).run(arguments) ? 0 : 1;
  }
}
