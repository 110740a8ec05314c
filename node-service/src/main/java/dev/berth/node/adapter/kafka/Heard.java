package dev.berth.node.adapter.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * Whether Kafka takes our heartbeats. A producer that takes none although Kafka answers makes a
 * node that works look lost, and its tasks are run elsewhere: a new process has a new producer.
 */
final class Heard {
  /** Three heartbeats, and less than an instance may be silent. */
  static final Duration AT_MOST = Duration.ofSeconds(6);

  private final BooleanSupplier isReachable;
  private final InstantSource clock;
  private volatile Instant refusedSince;

  /**
   * @param isReachable whether Kafka answers somebody else of this process
   */
  Heard(BooleanSupplier isReachable, InstantSource clock) {
    this.isReachable = isReachable;
    this.clock = clock;
  }

  /** A heartbeat was written. */
  void written() {
    refusedSince = null;
  }

  /** A heartbeat could not be written. */
  void refused() {
    if (!isReachable.getAsBoolean()) {
      refusedSince = null;
    } else if (refusedSince == null) {
      refusedSince = clock.instant();
    }
  }

  /** False when all heartbeats of the last six seconds were refused while Kafka answered. */
  boolean isHeard() {
    Instant since = refusedSince;
    return since == null
        || !isReachable.getAsBoolean()
        || clock.instant().isBefore(since.plus(AT_MOST));
  }
}
