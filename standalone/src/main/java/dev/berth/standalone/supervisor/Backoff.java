package dev.berth.standalone.supervisor;

import java.time.Duration;

/**
 * How long to wait before a part that died is started again.
 *
 * @param first after the first death
 * @param longest whatever happens
 * @param forgiveAfter a part that ran so long before it died counts as if it had not died before
 */
record Backoff(Duration first, Duration longest, Duration forgiveAfter) {
  static final Backoff DEFAULT =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(1));

  /** Deaths in a row, this one included. */
  int deaths(int before, Duration ran) {
    return ran.compareTo(forgiveAfter) >= 0 ? 1 : before + 1;
  }

  /** Doubles with each death in a row, up to the longest. */
  Duration delay(int deaths) {
    Duration delay = first;
    for (int i = 1; i < deaths && delay.compareTo(longest) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(longest) > 0 ? longest : delay;
  }
}
