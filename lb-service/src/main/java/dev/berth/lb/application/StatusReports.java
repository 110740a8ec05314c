package dev.berth.lb.application;

import dev.berth.lb.domain.HealthDescription;
import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetKey;
import java.time.Instant;

/**
 * Tells the log how targets are. Only a target's newest status matters: older ones that couldn't be
 * told yet may be left out. No call blocks.
 */
public interface StatusReports {
  void report(Target target, HealthDescription health, Instant changedAt);

  /** The target is gone, and its status with it. */
  void forget(TargetKey key);
}
