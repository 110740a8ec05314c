package dev.berth.standalone.supervisor;

import dev.berth.standalone.home.PrivateFiles;
import dev.berth.standalone.process.ProcessFailedException;
import dev.berth.standalone.suite.Component;
import dev.berth.standalone.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Starts the parts of a suite in order, starts again what dies, and stops all in order. */
public final class Supervisor {
  private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);

  private final Suite suite;
  private final Path runFolder;
  private final Consumer<String> console;
  private final Backoff backoff;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicBoolean stopStarted = new AtomicBoolean();

  /**
   * Supervises a suite.
   *
   * @param runFolder gets a file with the process id of each part
   * @param console gets a line about everything that happens
   */
  public Supervisor(Suite suite, Path runFolder, Consumer<String> console) {
    this.suite = suite;
    this.runFolder = runFolder;
    this.console = console;
    this.backoff = Backoff.DEFAULT;
  }

  /**
   * Starts everything and waits until all is ready.
   *
   * @param whenReady gets the name of each part of the first stage before the next one starts
   * @throws ProcessFailedException if a part ends or isn't ready in time; the message has the end
   *     of its log
   */
  public void start(Consumer<String> whenReady) {
    for (List<Component> stage : suite.stages()) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        for (Component part : stage) {
          starts.add(CompletableFuture.runAsync(() -> startUntilReady(part), threads));
        }
        CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof ProcessFailedException failure) {
          throw failure;
        }
        throw e;
      }
      if (!stage.equals(suite.stages().getLast())) {
        stage.forEach(part -> whenReady.accept(part.name()));
      }
    }
    for (Component part : suite.components()) {
      Thread.ofVirtual().name("watch-" + part.name()).start(() -> watch(part));
    }
  }

  /** Waits until somebody calls {@link #stop}, and it is done. */
  public void awaitStopped() throws InterruptedException {
    stopped.await();
  }

  /**
   * Stops services before what they use: api, scheduler, nodes and lb, then PostgreSQL and Kafka.
   * Containers go on running.
   */
  public void stop() {
    if (!stopStarted.compareAndSet(false, true)) {
      return;
    }
    stopping.countDown();
    List<List<Component>> stages = suite.stages().reversed();
    for (List<Component> stage : stages) {
      for (Component part : stage.equals(stages.getLast()) ? stage.reversed() : stage) {
        if (part.process() != null && part.process().isAlive()) {
          long begin = System.nanoTime();
          part.stop();
          console.accept("  %-12s stopped (%s)".formatted(part.name(), seconds(begin)));
        }
        forget(part);
      }
    }
    stopped.countDown();
  }

  private void startUntilReady(Component part) {
    long begin = System.nanoTime();
    part.start();
    remember(part);
    part.process().awaitReady(() -> part.isReady() || isStopping(), READY_TIMEOUT);
    if (!isStopping()) {
      console.accept("  %-12s ready (%s)".formatted(part.name(), seconds(begin)));
    }
  }

  private void watch(Component part) {
    int deaths = 0;
    long begin = System.nanoTime();
    while (!isStopping()) {
      part.process().awaitExit(Duration.ofDays(365));
      if (isStopping()) {
        return;
      }
      deaths = backoff.deaths(deaths, Duration.ofNanos(System.nanoTime() - begin));
      Duration delay = backoff.delay(deaths);
      console.accept(
          "%s ended with exit code %d; it is started again in %.1f s (log: %s)"
              .formatted(
                  part.name(),
                  part.process().exitCode(),
                  delay.toMillis() / 1000.0,
                  part.logFile()));
      if (stopsWithin(delay)) {
        return;
      }
      begin = System.nanoTime();
      startAgain(part);
    }
  }

  private void startAgain(Component part) {
    long begin = System.nanoTime();
    try {
      part.start();
      remember(part);
      part.process().awaitReady(() -> part.isReady() || isStopping(), READY_TIMEOUT);
      if (!isStopping()) {
        console.accept("%s is ready again (%s)".formatted(part.name(), seconds(begin)));
      }
    } catch (ProcessFailedException e) {
      // Its log has the rest; a part that has ended is started again, one that runs goes on.
      console.accept(e.getMessage().lines().findFirst().orElse(part.name() + " failed"));
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private boolean stopsWithin(Duration delay) {
    try {
      return stopping.await(delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void remember(Component part) {
    PrivateFiles.write(pidFile(part), ProcessRecord.of(part.process().pid()).encode());
  }

  private void forget(Component part) {
    try {
      Files.deleteIfExists(pidFile(part));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't remove " + pidFile(part), e);
    }
  }

  private Path pidFile(Component part) {
    return runFolder.resolve(part.name() + ".pid");
  }

  private static String seconds(long begin) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begin) / 1e9);
  }
}
