package dev.berth.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Resident memory of processes, from {@code /proc}. */
final class Memory {
  private Memory() {}

  /** Lines of a table: each process that the launcher keeps a pid of, with its MiB. */
  static List<String> lines(Path home) {
    try (Stream<Path> files = Files.list(home.resolve("run"))) {
      return files
          .filter(file -> file.toString().endsWith(".pid"))
          .sorted()
          .map(
              file ->
                  "| %s | %d |"
                      .formatted(
                          file.getFileName().toString().replace(".pid", ""), residentMiB(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long residentMiB(Path pidFile) {
    try {
      String pid = Files.readString(pidFile).strip().lines().findFirst().orElseThrow();
      return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
