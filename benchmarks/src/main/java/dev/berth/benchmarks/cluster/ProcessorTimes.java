package dev.berth.benchmarks.cluster;

import dev.berth.standalone.suite.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The processor time that each process has had, user and system, its children included; from {@code
 * /proc}.
 *
 * @param seconds by the process's name
 */
record ProcessorTimes(Map<String, Double> seconds) {
  /** Linux tells the times in hundredths of a second, whatever the kernel's own clock is. */
  private static final double TICKS_PER_SECOND = 100;

  /** What has been used until now, by the parts and by this process. */
  static ProcessorTimes read(List<Component> parts) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (Component part : parts) {
      seconds.merge(part.name(), of(part.process().pid()), Double::sum);
    }
    seconds.put("client and simulated nodes", ticks(ProcessHandle.current().pid()));
    return new ProcessorTimes(seconds);
  }

  /** Lines of a table: what each has used since, in microseconds per task. */
  List<String> linesSince(ProcessorTimes before, int tasks) {
    return seconds.keySet().stream()
        .map(
            name ->
                String.format(
                    Locale.ROOT,
                    "| %s | %.0f |",
                    name,
                    (seconds.get(name) - before.seconds.getOrDefault(name, 0.0)) * 1e6 / tasks))
        .toList();
  }

  /** What all of them have used since, in microseconds per task. */
  double totalSince(ProcessorTimes before, int tasks) {
    return seconds.keySet().stream()
            .mapToDouble(name -> seconds.get(name) - before.seconds.getOrDefault(name, 0.0))
            .sum()
        * 1e6
        / tasks;
  }

  private static double of(long pid) {
    return ProcessHandle.of(pid)
        .map(
            root ->
                Stream.concat(Stream.of(root), root.descendants())
                    .mapToDouble(process -> ticks(process.pid()))
                    .sum())
        .orElse(0.0);
  }

  private static double ticks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The name, in parentheses, may have blanks; utime is the 12th field after it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = 0;
      for (int field = 11; field <= 14; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (NoSuchFileException e) {
      // A child that has just ended: its parent has its time.
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
