package dev.berth.log;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Ends a process that is dead for good, so that whoever supervises it starts it anew. A channel
 * that ended and a thread that died don't come back by themselves, and a process that only says so
 * in its health goes on being useless: nobody restarts a container because of its health.
 */
public final class DeathWatch implements AutoCloseable {
  /** One bad answer is no death. */
  static final int TIMES = 3;

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /** What stopping in order may take; longer than any service's own time limit. */
  private static final Duration IN_ORDER = Duration.ofSeconds(25);

  private final BooleanSupplier isDead;
  private final Runnable end;
  private final ScheduledExecutorService timer = timer("berth-death-watch");
  private int seenDead;

  DeathWatch(BooleanSupplier isDead, Runnable end) {
    this.isDead = isDead;
    this.end = end;
  }

  /**
   * Looks every five seconds.
   *
   * @param isDead whether the process can't do its work any more; may wait
   * @param end begins to stop the process in order, with an exit code that isn't 0, and returns;
   *     called once. A process that is still there 25 seconds later is halted.
   */
  public static DeathWatch start(BooleanSupplier isDead, Runnable end) {
    DeathWatch watch =
        new DeathWatch(
            isDead,
            () -> {
              ScheduledFuture<?> unused =
                  timer("berth-last-resort")
                      .schedule(
                          () -> Runtime.getRuntime().halt(1),
                          IN_ORDER.toMillis(),
                          TimeUnit.MILLISECONDS);
              end.run();
            });
    ScheduledFuture<?> unused =
        watch.timer.scheduleWithFixedDelay(
            watch::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /** Ends the process when this is the last of several looks in a row that found it dead. */
  void look() {
    boolean dead;
    try {
      dead = isDead.getAsBoolean();
    } catch (RuntimeException e) {
      return; // no answer says nothing
    }
    seenDead = dead ? seenDead + 1 : 0;
    if (seenDead == TIMES) {
      end.run();
    }
  }

  /** Looks no more; what stops in order isn't dead. */
  @Override
  public void close() {
    timer.shutdownNow();
  }

  private static ScheduledExecutorService timer(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }
}
