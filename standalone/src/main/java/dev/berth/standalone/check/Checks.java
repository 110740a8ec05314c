package dev.berth.standalone.check;

import dev.berth.standalone.home.BerthHome;
import dev.berth.standalone.process.ProcessFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs Maven's verify over all modules, and shellcheck. */
public final class Checks {
  private final BerthHome home;
  private final Consumer<String> console;

  public Checks(BerthHome home, Consumer<String> console) {
    this.home = home;
    this.console = console;
  }

  /**
   * Runs everything, however much of it fails.
   *
   * @param mavenArguments passed on, such as {@code -pl api-service}
   * @return whether all is well
   */
  public boolean run(List<String> mavenArguments) {
    Path log = home.root().resolve("target/test.log");
    boolean clean = ShellScripts.areClean(home.root(), home.logs().resolve("install.log"), console);
    List<String> command =
        new ArrayList<>(
            List.of(home.root().resolve("mvnw").toString(), "-B", "-ntp", "-fae", "verify"));
    command.addAll(mavenArguments);
    console.accept("Running every test (full output: " + log + ")");
    long begin = System.nanoTime();
    TestProgress progress = new TestProgress();
    int exitCode = maven(command, log, progress);
    boolean good = clean && exitCode == 0;
    console.accept("");
    console.accept(
        "%s after %d s; full output: %s"
            .formatted(
                good ? "All is well" : "FAILED", (System.nanoTime() - begin) / 1_000_000_000, log));
    console.accept(progress.sums());
    return good;
  }

  private int maven(List<String> command, Path log, TestProgress progress) {
    try {
      Files.createDirectories(log.getParent());
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(home.root().toFile())
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile());
      // Tests that call ./berth use what this very build makes.
      builder.environment().put("BERTH_BUILD", "never");
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      Process maven = builder.start();
      try (BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(maven.getInputStream(), StandardCharsets.UTF_8));
          Writer file = Files.newBufferedWriter(log)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          file.write(line);
          file.write('\n');
          file.flush();
          progress.read(line).ifPresent(console);
        }
      }
      return maven.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("Maven can't be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessFailedException("Interrupted while Maven ran", e);
    }
  }
}
