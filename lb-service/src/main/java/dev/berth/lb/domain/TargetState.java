package dev.berth.lb.domain;

import java.time.Instant;

/** A target's state (ELBv2: TargetHealth). {@code since} is when it came to be. */
public sealed interface TargetState {
  Instant since();

  /** Registered, and no health check has settled anything yet. */
  record Initial(Instant since, int bad) implements TargetState {}

  /** Takes traffic; {@code bad} checks in a row have failed since. */
  record Healthy(Instant since, int bad) implements TargetState {}

  /** Takes traffic only when no target of the group is better; {@code good} checks in a row. */
  record Unhealthy(Instant since, int good, ProbeOutcome.Bad why) implements TargetState {}

  /** Takes no new requests; those in flight may go on until {@code deadline}. */
  record Draining(Instant since, Instant deadline) implements TargetState {}

  /** Nothing of it is in use any more. */
  record Drained(Instant since, boolean inTime) implements TargetState {}
}
