package dev.berth.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** What many calls took. */
final class Latencies {
  private final long[] nanos;
  private final long failed;
  private final double seconds;

  /**
   * @param nanos of every call
   * @param failed how many of them weren't answered as they should be
   * @param seconds from the first call to the last answer
   */
  Latencies(long[] nanos, long failed, double seconds) {
    this.nanos = nanos.clone();
    Arrays.sort(this.nanos);
    this.failed = failed;
    this.seconds = seconds;
  }

  /**
   * The time that so much of the calls stayed within, in milliseconds.
   *
   * @param part above 0, at most 1
   */
  double millis(double part) {
    return nanos[Math.max(0, (int) Math.ceil(part * nanos.length) - 1)] / 1e6;
  }

  /** Cells of a table: calls a second, p50, p99, the longest, the failed. */
  String cells() {
    return String.format(
        Locale.ROOT,
        "%.0f | %.1f | %.1f | %.1f | %d",
        nanos.length / seconds,
        millis(0.5),
        millis(0.99),
        millis(1),
        failed);
  }
}
