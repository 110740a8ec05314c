package dev.berth.standalone.command;

import dev.berth.standalone.docker.DockerAddress;
import dev.berth.standalone.docker.DockerEngine;
import dev.berth.standalone.docker.DockerSetup;
import dev.berth.standalone.example.ExampleImage;
import dev.berth.standalone.home.BerthHome;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes the example's image; what examples/image/build.sh runs. */
@Command(
    name = "example-image",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Make the bundled example's image on this machine's Docker Engine.")
public final class ExampleImageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    BerthHome home = BerthHome.current();
    DockerEngine docker =
        new DockerSetup(DockerAddress.of(System.getenv()), home.logs(), err::println).ensure();
    ExampleImage.build(docker, home);
    out.println(ExampleImage.TAG);
    out.flush();
    return 0;
  }
}
