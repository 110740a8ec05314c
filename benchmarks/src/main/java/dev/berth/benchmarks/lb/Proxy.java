package dev.berth.benchmarks.lb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A proxy under test.
 *
 * @param pids its processes
 * @param plain the port of HTTP
 * @param tls the port of TLS, with HTTP/1.1 and HTTP/2
 */
record Proxy(String name, List<Long> pids, int plain, int tls) {
  private static final double MICROS_A_TICK = 10_000;
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  Proxy {
    pids = List.copyOf(pids);
  }

  /** What its processes have used since their start, user and system, in microseconds. */
  double cpuMicros() {
    double ticks = 0;
    for (long pid : pids) {
      String text = read(Path.of("/proc", Long.toString(pid), "stat"));
      // The name in front is in brackets and may hold spaces.
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
      ticks += Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    }
    return ticks * MICROS_A_TICK;
  }

  /** What its processes have in memory, in KiB. */
  long residentKiB() {
    long all = 0;
    for (long pid : pids) {
      all +=
          read(Path.of("/proc", Long.toString(pid), "status"))
              .lines()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum();
    }
    return all;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
