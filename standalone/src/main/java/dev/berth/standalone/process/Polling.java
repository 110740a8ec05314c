package dev.berth.standalone.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what announces itself to nobody: another process, a file. */
public final class Polling {
  private static final Duration EVERY = Duration.ofMillis(100);

  private Polling() {}

  /** Asks ten times a second; false when the time is over or the thread is interrupted first. */
  public static boolean until(BooleanSupplier condition, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(EVERY.toNanos());
    }
    return true;
  }
}
