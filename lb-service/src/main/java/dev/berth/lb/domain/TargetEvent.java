package dev.berth.lb.domain;

/** What happens to a target. */
public sealed interface TargetEvent {
  /** The state's first turn: nothing is known of the target yet. */
  record Registered() implements TargetEvent {}

  record Probed(ProbeOutcome outcome) implements TargetEvent {}

  /** The group's health check has changed. */
  record CheckChanged() implements TargetEvent {}

  /** No new requests may go to the target. */
  record Deregistered() implements TargetEvent {}

  /** No request to the target is in flight. */
  record Idle() implements TargetEvent {}

  /** A moment the state asked to be woken at has come. */
  record Woken() implements TargetEvent {}
}
