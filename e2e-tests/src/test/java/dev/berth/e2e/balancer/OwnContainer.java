package dev.berth.e2e.balancer;

import dev.berth.e2e.Commands;
import dev.berth.standalone.example.ExampleImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The example's web server in a container that isn't Berth's, for targets by hand.
 *
 * @param address where this machine reaches it, on {@link #PORT}
 */
record OwnContainer(String id, String address) implements AutoCloseable {
  /** Not the image's own: 8080 is api-service's, which no target by hand may have. */
  static final int PORT = 8000;

  /**
   * Starts one.
   *
   * @param revision what it says in its answers
   */
  static OwnContainer start(String revision) {
    String id =
        docker(
            "run",
            "-d",
            "--rm",
            "-e",
            "REVISION=" + revision,
            "--entrypoint",
            "/bin/httpd",
            ExampleImage.TAG,
            "-f",
            "-p",
            String.valueOf(PORT),
            "-h",
            "/www");
    return new OwnContainer(
        id,
        docker("inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", id));
  }

  @Override
  public void close() {
    docker("kill", id);
  }

  private static String docker(String... arguments) {
    return Commands.run(
            Path.of("."),
            Map.of(),
            Stream.concat(Stream.of("docker"), Arrays.stream(arguments)).toList())
        .orThrow()
        .strip();
  }
}
