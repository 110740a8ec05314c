package dev.berth.benchmarks.scheduler;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Takes figures in a process of its own, with a heap of its own and the serial collector, which
 * works while the measured thread stands still: together they are what one core does.
 */
final class Fork {
  private static final String RESULT = "RESULT ";
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Path COLLECTOR = collector();

  private Fork() {}

  /** Runs a class's main and gives what it told by {@link #result}, in its order. */
  static Map<String, Double> run(Path root, Class<?> figures, String heap, Object... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                // Else it leaves what is dead at the bottom of the heap, which would be counted.
                "-XX:MarkSweepAlwaysCompactCount=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-Dberth.kafka-lib=" + root.resolve("standalone/target/kafka-lib"),
                "-cp",
                System.getProperty("java.class.path"),
                figures.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Map<String, Double> results = new LinkedHashMap<>();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      Thread end = new Thread(process::destroyForcibly);
      Runtime.getRuntime().addShutdownHook(end);
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith(RESULT)) {
            int equals = line.indexOf('=');
            results.put(
                line.substring(RESULT.length(), equals),
                Double.parseDouble(line.substring(equals + 1)));
          }
        }
      }
      int code = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(end);
      if (code != 0) {
        throw new IllegalStateException(figures.getSimpleName() + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return results;
  }

  /** Tells a figure to the process that waits for it. */
  static void result(String name, double value) {
    System.out.println(RESULT + name + "=" + String.format(Locale.ROOT, "%.6f", value));
  }

  /**
   * CPU time of this thread and of the collections it has caused, in nanoseconds. The compiler's is
   * left out: it ends.
   */
  static long cpuNanos() {
    long collecting = COLLECTOR == null ? 0 : runNanos(COLLECTOR);
    return THREADS.getCurrentThreadCpuTime() + collecting;
  }

  // The serial collector works in the VM's own thread while all others stand still.
  private static Path collector() {
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      return threads
          .filter(thread -> "VM Thread".equals(line(thread.resolve("comm"))))
          .map(thread -> thread.resolve("schedstat"))
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long runNanos(Path schedstat) {
    String line = line(schedstat);
    return Long.parseLong(line.substring(0, line.indexOf(' ')));
  }

  private static String line(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What lives on the heap, in bytes. */
  static long retained() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  static double median(List<Double> values) {
    return percentile(values, 50);
  }

  static double percentile(List<Double> values, int percent) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}
