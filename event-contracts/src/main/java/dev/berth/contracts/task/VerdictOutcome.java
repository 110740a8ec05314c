package dev.berth.contracts.task;

/** What the scheduler decided about a task. */
public enum VerdictOutcome {
  PLACED,
  REFUSED,
  LOST,
  /** No instance has room yet; the task waits until its {@code expiresAt} (our extension). */
  QUEUED
}
