package dev.berth.scheduler.adapter.kafka;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A scheduler in a process of its own, to be killed. */
final class ChildScheduler {
  private ChildScheduler() {}

  /** Runs until killed. Arguments: bootstrap servers, instance id. */
  public static void main(String[] args) throws InterruptedException {
    LogSettings settings = TestLog.settings(Map.of("bootstrap.servers", args[0]), args[1]);
    try (SchedulerRuntime runtime =
        new SchedulerRuntime(settings, ToyBrain::new, new QuietTelemetry(), Clock.systemUTC())) {
      runtime.start();
      Thread.currentThread().join();
    }
  }

  static Process start(String bootstrapServers, String instanceId) {
    try {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx128m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              ChildScheduler.class.getName(),
              bootstrapServers,
              instanceId)
          .redirectErrorStream(true)
          .redirectOutput(File.createTempFile("berth-child-scheduler", ".log"))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
