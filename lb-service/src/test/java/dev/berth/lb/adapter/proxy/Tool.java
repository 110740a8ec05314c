package dev.berth.lb.adapter.proxy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of this machine. */
final class Tool {
  private Tool() {}

  /** Sees to it that a command is there: installed where that can be done, else the test ends. */
  static void need(String command, String debianPackage) {
    if (!isThere(command) && isThere("apt-get") && sh("test $(id -u) = 0").exitCode() == 0) {
      sh("timeout 300 apt-get install -y --no-install-recommends " + debianPackage);
    }
    assumeTrue(
        isThere(command),
        "needs " + command + " (Debian's " + debianPackage + "), can't install it");
  }

  private static boolean isThere(String command) {
    return sh("command -v " + command).exitCode() == 0;
  }

  private static Result sh(String script) {
    return run("sh", "-c", script);
  }

  /** What a command said, errors included, and how it ended. */
  record Result(int exitCode, String output) {}

  static Result run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(6, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("Still running: " + List.of(command));
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      return new Result(127, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + List.of(command), e);
    }
  }
}
