package dev.berth.node.adapter.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The Docker Engine of the machine that runs the tests, and an image for them that is made from the
 * machine's own static busybox, so that no registry is needed. Where no engine answers, the test
 * that asks is skipped and says so.
 */
final class RealDocker {
  static final String IMAGE = "berth-test/busybox:2";

  private static final String BUILD_IMAGE =
      """
      set -e
      d=$(mktemp -d)
      trap 'rm -rf "$d"' EXIT
      mkdir -p "$d/bin" "$d/tmp" "$d/etc" "$d/proc" "$d/data"
      cp "$(command -v busybox)" "$d/bin/busybox"
      for applet in $("$d/bin/busybox" --list); do
        [ "$applet" = busybox ] || ln -s busybox "$d/bin/$applet"
      done
      echo 'root:x:0:0:root:/:/bin/sh' > "$d/etc/passwd"
      tar -C "$d" -c . | docker import --change 'ENV PATH=/bin' --change 'CMD ["sleep","600"]' - \
      """
          + IMAGE;

  private RealDocker() {}

  /** An engine on this machine's Docker, or the test is skipped. */
  static DockerContainerEngine engine() {
    DockerContainerEngine engine =
        new DockerContainerEngine(
            Optional.empty(), 64, Duration.ofSeconds(60), "berth", Optional.empty(), List.of());
    try {
      engine.ping();
    } catch (RuntimeException e) {
      Assumptions.abort("no Docker Engine answers: " + e.getMessage());
    }
    return engine;
  }

  /** The test image, made when it is missing. */
  static String image() {
    try {
      run(List.of("docker", "image", "inspect", "--format", "{{.Id}}", IMAGE));
    } catch (IllegalStateException e) {
      Assumptions.assumeTrue(
          Files.isExecutable(Path.of("/bin/busybox")), "no static busybox at /bin/busybox");
      run(List.of("bash", "-c", BUILD_IMAGE));
    }
    return IMAGE;
  }

  /** What a container has written so far. */
  static String logs(String containerId) {
    return run(List.of("docker", "logs", containerId));
  }

  /** Runs a program and returns what it printed. */
  static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + output);
      }
      return output.strip();
    } catch (IOException e) {
      throw new IllegalStateException(command + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
