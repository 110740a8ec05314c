package dev.berth.contracts.task;

/** What the scheduler decided about a task. */
public enum VerdictOutcome {
  PLACED,
  REFUSED,
  LOST
}
