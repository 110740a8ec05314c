package dev.berth.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time of a process that the launcher keeps a pid of, from {@code /proc}. */
final class ProcessorTime {
  /** Linux shows it in hundredths of a second on every machine. */
  private static final double MILLIS_A_TICK = 10;

  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private final Path stat;

  ProcessorTime(Path home, String part) throws IOException {
    String pid =
        Files.readString(home.resolve("run").resolve(part + ".pid"))
            .strip()
            .lines()
            .findFirst()
            .orElseThrow();
    this.stat = Path.of("/proc", pid, "stat");
  }

  /** What it has used since its start, user and system, in milliseconds. */
  double millis() {
    try {
      String text = Files.readString(stat);
      // The name in front is in brackets and may hold spaces.
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * MILLIS_A_TICK;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
