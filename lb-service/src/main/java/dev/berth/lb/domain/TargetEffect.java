package dev.berth.lb.domain;

import java.time.Duration;
import java.time.Instant;

/** What follows from a target's change of state. */
public sealed interface TargetEffect {
  /** The state is told to whoever reads the log. */
  record Report() implements TargetEffect {}

  /** The next health check starts after this time. */
  record ProbeAfter(Duration delay) implements TargetEffect {}

  record StopProbing() implements TargetEffect {}

  /**
   * New requests stop at once, idle connections are closed, and {@link TargetEvent.Idle} is to come
   * when no request is in flight.
   */
  record StopTraffic() implements TargetEffect {}

  /** {@link TargetEvent.Woken} is to come then. */
  record WakeAt(Instant time) implements TargetEffect {}

  /** The set of targets that take traffic may have changed. */
  record Reroute() implements TargetEffect {}
}
