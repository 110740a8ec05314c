package dev.berth.standalone.check;

import dev.berth.standalone.docker.Packages;
import dev.berth.standalone.process.ProcessFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Checks the repository's shell scripts by shellcheck. */
final class ShellScripts {
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".berth", "node_modules");

  private ShellScripts() {}

  /** Whether all are clean; true, with a word about it, where shellcheck can't be had. */
  static boolean areClean(Path root, Path log, Consumer<String> console) {
    Optional<Path> shellcheck = shellcheck(log, console);
    if (shellcheck.isEmpty()) {
      console.accept("shellcheck skipped: it is not installed, and installing it needs root");
      return true;
    }
    List<String> command = new ArrayList<>(List.of(shellcheck.get().toString()));
    scripts(root).forEach(script -> command.add(script.toString()));
    try {
      boolean clean = new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
      console.accept(
          "shellcheck: %d scripts %s".formatted(command.size() - 1, clean ? "ok" : "FAILED"));
      return clean;
    } catch (IOException e) {
      throw new UncheckedIOException("shellcheck can't be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessFailedException("Interrupted while shellcheck ran", e);
    }
  }

  private static Optional<Path> shellcheck(Path log, Consumer<String> console) {
    Optional<Path> installed = Packages.program("shellcheck");
    Optional<List<String>> asRoot = Packages.asRoot();
    if (installed.isPresent() || asRoot.isEmpty() || Packages.program("apt-get").isEmpty()) {
      return installed;
    }
    console.accept("Installing shellcheck with apt-get (log: " + log + ")");
    Packages.run(asRoot.get(), Packages.aptInstall("shellcheck"), log);
    return Packages.program("shellcheck");
  }

  /** Files that end in .sh or begin as shell scripts do. */
  static List<Path> scripts(Path root) {
    try (Stream<Path> files =
        Files.find(
            root,
            12,
            (file, attributes) -> attributes.isRegularFile() && isOurs(root.relativize(file)))) {
      return files.filter(ShellScripts::isShell).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + root, e);
    }
  }

  private static boolean isOurs(Path relative) {
    for (Path part : relative) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    // The wrapper is Apache Maven's.
    return !relative.toString().startsWith("mvnw");
  }

  private static boolean isShell(Path file) {
    if (file.toString().endsWith(".sh")) {
      return true;
    }
    if (!Files.isExecutable(file)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(file, java.nio.charset.StandardCharsets.ISO_8859_1)) {
      return lines
          .findFirst()
          .filter(line -> line.matches("#!/(usr/)?bin/(env )?(ba)?sh.*"))
          .isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + file, e);
    }
  }
}
