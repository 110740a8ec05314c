package dev.berth.lb.application;

import dev.berth.lb.domain.HealthCheck;
import dev.berth.lb.domain.ProbeOutcome;
import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetKey;
import java.time.Duration;
import java.util.function.Consumer;

/** Checks targets. No call blocks. */
public interface Prober {
  /**
   * Checks a target once, after a delay; another check of it that hasn't ended is dropped.
   *
   * @param done called with what was found, from any thread; not when the check was dropped
   */
  void probe(Target target, HealthCheck check, Duration delay, Consumer<ProbeOutcome> done);

  /** Drops the check of a target, if there is one. */
  void cancel(TargetKey key);
}
