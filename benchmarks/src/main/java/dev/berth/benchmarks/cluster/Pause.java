package dev.berth.benchmarks.cluster;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Time between two looks at something that nobody tells about. */
final class Pause {
  private Pause() {}

  static void millis(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
