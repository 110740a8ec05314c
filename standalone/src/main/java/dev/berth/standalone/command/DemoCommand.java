package dev.berth.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.standalone.RefusedException;
import dev.berth.standalone.demo.Demo;
import dev.berth.standalone.docker.DockerAddress;
import dev.berth.standalone.docker.DockerEngine;
import dev.berth.standalone.example.ExampleImage;
import dev.berth.standalone.home.BerthHome;
import dev.berth.standalone.home.Installation;
import dev.berth.standalone.home.Secrets;
import dev.berth.standalone.supervisor.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the bundled example, and counts. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Run the bundled example: three tasks behind the balancer; one is killed, a new revision is"
            + " rolled out under load. Ends with 0 when no request was lost.")
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    BerthHome home = BerthHome.current();
    if (new RunFolder(home.run()).supervisor().isEmpty()) {
      out.println("Berth is not up; starting it in the background.");
      out.flush();
      int started = spec.commandLine().getParent().execute("up", "--detach");
      if (started != 0) {
        return started;
      }
    }
    Installation installation = Stack.existing().installation();
    if (installation.joined() != null) {
      throw new RefusedException("this machine has joined another one; run the demo there");
    }
    DockerEngine docker = new DockerEngine(DockerAddress.of(System.getenv()));
    ExampleImage.build(docker, home);
    out.println("Made the example's image " + ExampleImage.TAG);
    Demo demo =
        new Demo(
            URI.create("http://127.0.0.1:" + installation.ports().api()),
            installation.makeCredentials(home.credentials()),
            URI.create("http://127.0.0.1:" + installation.ports().lb()),
            docker,
            definition(home),
            line -> {
              out.println(line);
              out.flush();
            });
    return demo.run("demo-" + Secrets.hex(3)) ? 0 : 1;
  }

  private static JsonNode definition(BerthHome home) {
    Path file = home.root().resolve("examples/task-definition.json");
    try {
      return new JsonMapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + file, e);
    }
  }
}
