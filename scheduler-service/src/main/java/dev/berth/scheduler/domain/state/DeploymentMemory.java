package dev.berth.scheduler.domain.state;

import java.time.Instant;

/** How a deployment's tasks have fared so far. */
public final class DeploymentMemory {
  private int failures;
  private Instant lastFailureAt;
  private boolean completed;

  /** Tasks in a row that failed to start. */
  public int failures() {
    return failures;
  }

  /** When the newest of them failed, or null. */
  public Instant lastFailureAt() {
    return lastFailureAt;
  }

  /** Whether it has once had all its tasks. */
  public boolean isCompleted() {
    return completed;
  }

  /** A task failed to start. */
  public void failed(Instant at) {
    failures++;
    lastFailureAt = at;
  }

  /** A task started. */
  public void succeeded() {
    failures = 0;
    lastFailureAt = null;
  }

  /** It has all its tasks. */
  public void completed() {
    completed = true;
  }

  void restore(int failedTasks, boolean wasCompleted, Instant at) {
    failures = failedTasks;
    lastFailureAt = failedTasks == 0 ? null : at;
    completed = wasCompleted;
  }
}
