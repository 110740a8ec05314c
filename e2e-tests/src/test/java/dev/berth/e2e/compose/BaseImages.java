package dev.berth.e2e.compose;

import dev.berth.e2e.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The images that docker-compose.yml and the Dockerfiles start from: pulled where that is possible,
 * otherwise stand-ins under the same names, made from what this machine has, removed afterwards.
 */
public final class BaseImages implements AutoCloseable {
  /** What the Dockerfiles of the services start from. */
  public static final String JRE = "eclipse-temurin:21-jre";

  private static final List<String> NAMES = List.of(JRE, "apache/kafka:4.2.1", "postgres:18");

  private final List<String> standIns = new ArrayList<>();

  /** All of them. */
  public BaseImages(Path root) {
    this(root, NAMES);
  }

  /** Some of them, by their names. */
  public BaseImages(Path root, List<String> names) {
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      if (!isThere(name) && !Commands.works("timeout", "120", "docker", "pull", "-q", name)) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      System.out.printf(
          "Compose test: %s can't be pulled here; building stand-ins under the same names.%n",
          missing);
      List<String> command = new ArrayList<>();
      command.add(root.resolve("e2e-tests/src/test/stand-ins/build.sh").toString());
      command.add(root.toString());
      command.add(System.getProperty("java.home"));
      command.addAll(missing);
      Commands.run(root, Map.of("DOCKER_BUILDKIT", "0"), command).orThrow();
      standIns.addAll(missing);
    }
  }

  /** A stand-in left by a run that was cut off doesn't count: it may be an older one. */
  private static boolean isThere(String name) {
    Commands.Result label =
        Commands.run(
            Path.of("."),
            Map.of(),
            List.of(
                "docker",
                "image",
                "inspect",
                "--format",
                "{{index .Config.Labels \"dev.berth.stand-in\"}}",
                name));
    return label.exitCode() == 0 && !label.output().contains("true");
  }

  @Override
  public void close() {
    for (String name : standIns) {
      Commands.works("docker", "image", "rm", "-f", name);
    }
  }
}
