package dev.berth.standalone.docker;

import dev.berth.standalone.process.ChildProcess;
import dev.berth.standalone.process.ProcessFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands that need root: run as root, or by sudo where that is there. */
public final class Packages {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private Packages() {}

  /** What installs packages of Debian and its relatives. */
  public static List<List<String>> aptInstall(String... packages) {
    List<String> install =
        new ArrayList<>(List.of("apt-get", "install", "-y", "--no-install-recommends"));
    install.addAll(List.of(packages));
    return List.of(List.of("apt-get", "update"), install);
  }

  /** Whether a program is on the path or where system programs are. */
  public static Optional<Path> program(String name) {
    List<String> folders = new ArrayList<>();
    folders.addAll(List.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":")));
    folders.addAll(List.of("/usr/local/sbin", "/usr/sbin", "/sbin"));
    return folders.stream()
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * What to put before a command that needs root: nothing for root, sudo where it asks nothing or
   * can ask at the terminal; empty where neither helps.
   */
  public static Optional<List<String>> asRoot() {
    try {
      if (Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
        return Optional.of(List.of());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't tell the user of this process", e);
    }
    if (program("sudo").isEmpty()) {
      return Optional.empty();
    }
    if (hasTerminal() || succeeds(List.of("sudo", "-n", "true"))) {
      return Optional.of(List.of("sudo"));
    }
    return Optional.empty();
  }

  /** Runs commands as root, one after the other; output goes to the log file. */
  public static void run(List<String> asRoot, List<List<String>> commands, Path log) {
    if (!asRoot.isEmpty()) {
      askForPassword(asRoot);
    }
    for (List<String> command : commands) {
      List<String> full = new ArrayList<>(asRoot);
      full.add("env");
      full.add("DEBIAN_FRONTEND=noninteractive");
      full.addAll(command);
      ChildProcess.run(String.join(" ", command), full, Map.of(), log, TIMEOUT);
    }
  }

  /** Lets sudo ask at the terminal, which the commands themselves don't have. */
  private static void askForPassword(List<String> asRoot) {
    List<String> command = new ArrayList<>(asRoot);
    command.add("-v");
    try {
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new ProcessFailedException("sudo refused");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("sudo can't be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessFailedException("Interrupted while sudo asked", e);
    }
  }

  private static boolean hasTerminal() {
    try {
      String input = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
      return input.startsWith("/dev/pts/") || input.startsWith("/dev/tty");
    } catch (IOException e) {
      // No standard input at all.
      return false;
    }
  }

  private static boolean succeeds(List<String> command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessFailedException("Interrupted while running " + command, e);
    }
  }
}
