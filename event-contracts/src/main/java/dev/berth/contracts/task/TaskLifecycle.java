package dev.berth.contracts.task;

/**
 * The states of a task in their order (ECS: task lifecycle). A task's {@code lastStatus} only moves
 * forward; states may be skipped. {@code desiredStatus} is RUNNING or STOPPED.
 */
public enum TaskLifecycle {
  PROVISIONING,
  PENDING,
  ACTIVATING,
  RUNNING,
  DEACTIVATING,
  STOPPING,
  DEPROVISIONING,
  STOPPED;

  /** Whether a task may go from this state to {@code next}: forward only. */
  public boolean canBecome(TaskLifecycle next) {
    return next.compareTo(this) > 0;
  }
}
