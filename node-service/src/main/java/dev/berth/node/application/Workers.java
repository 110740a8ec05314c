package dev.berth.node.application;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a node. Calls of the engine block, so that each kind has a bounded pool of its
 * own: slow pulls and stops, which wait for containers to end, never hold up a start.
 */
public final class Workers implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final ExecutorService tasks;
  private final ExecutorService pulls;
  private final ExecutorService starts;
  private final ExecutorService stops;
  private final ExecutorService looks;
  private final ScheduledExecutorService timer;

  /** Threads of this process. */
  public Workers() {
    this(
        Executors.newVirtualThreadPerTaskExecutor(),
        pool("pull", 16),
        pool("start", 32),
        pool("stop", 128),
        pool("look", 8),
        Executors.newSingleThreadScheduledExecutor(daemon("node-timer")));
  }

  /** Executors of somebody else's making, for a node whose time is not the clock's. */
  public Workers(
      ExecutorService tasks,
      ExecutorService pulls,
      ExecutorService starts,
      ExecutorService stops,
      ExecutorService looks,
      ScheduledExecutorService timer) {
    this.tasks = tasks;
    this.pulls = pulls;
    this.starts = starts;
    this.stops = stops;
    this.looks = looks;
    this.timer = timer;
  }

  /** For the owners of tasks, which never block. */
  public Executor tasks() {
    return tasks;
  }

  public Executor pulls() {
    return pulls;
  }

  public Executor starts() {
    return starts;
  }

  public Executor stops() {
    return stops;
  }

  public Executor looks() {
    return looks;
  }

  public ScheduledExecutorService timer() {
    return timer;
  }

  /** Ends all threads without waiting: what is under way at the engine is found again by labels. */
  @Override
  public void close() {
    for (ExecutorService executor : List.of(timer, pulls, starts, stops, looks, tasks)) {
      executor.shutdownNow();
    }
  }

  private static ThreadPoolExecutor pool(String name, int size) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            daemon("node-" + name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory daemon(String name) {
    return Thread.ofPlatform().daemon(true).name(name + "-", 0).factory();
  }
}
