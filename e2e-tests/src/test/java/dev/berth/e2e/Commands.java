package dev.berth.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a command to its end, with its output. */
public final class Commands {
  private Commands() {}

  /** Exit code and output, errors included. */
  public record Result(int exitCode, String output) {
    /** The output of a command that has to succeed. */
    public String orThrow() {
      if (exitCode != 0) {
        throw new IllegalStateException("Exit code " + exitCode + ":\n" + output);
      }
      return output;
    }
  }

  /** Runs it in a folder with further environment variables. */
  public static Result run(Path folder, Map<String, String> environment, List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + command, e);
    }
  }

  /** Whether a command can be started and succeeds. */
  public static boolean works(String... command) {
    try {
      return run(Path.of("."), Map.of(), List.of(command)).exitCode() == 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
