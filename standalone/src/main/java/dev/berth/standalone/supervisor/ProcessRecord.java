package dev.berth.standalone.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process as a pid file keeps it. The time of its start tells it from a later process that got
 * the same number.
 */
public record ProcessRecord(long pid, Instant startedAt) {
  /** The kernel counts a start in hundredths of a second since a boot time that is rounded. */
  private static final Duration SAME_START = Duration.ofSeconds(2);

  static ProcessRecord of(long pid) {
    return new ProcessRecord(
        pid,
        ProcessHandle.of(pid)
            .flatMap(handle -> handle.info().startInstant())
            .orElse(Instant.EPOCH));
  }

  String encode() {
    return pid + "\n" + startedAt + "\n";
  }

  /** Reads a pid file; empty where there is none or it has something else. */
  static Optional<ProcessRecord> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      String[] parts = Files.readString(file).strip().split("\n", 2);
      if (parts.length != 2 || !parts[0].matches("\\d{1,10}")) {
        return Optional.empty();
      }
      return Optional.of(new ProcessRecord(Long.parseLong(parts[0]), Instant.parse(parts[1])));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + file, e);
    }
  }

  /** The process, where it still runs. */
  Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            handle ->
                handle
                    .info()
                    .startInstant()
                    .map(
                        start ->
                            Duration.between(start, startedAt).abs().compareTo(SAME_START) <= 0)
                    .orElse(false));
  }
}
