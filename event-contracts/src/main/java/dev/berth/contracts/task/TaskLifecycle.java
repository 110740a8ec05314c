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

  /**
   * The {@code lastStatus} that users see. A node knows its containers, only the scheduler knows
   * the targets: while it says ACTIVATING (targets not yet registered) or DEACTIVATING (targets
   * being drained), a node's RUNNING is shown as that (ECS: task lifecycle).
   *
   * @param byNode the {@code lastStatus} of task.status
   * @param byScheduler the {@code schedulerStatus} of task.verdict, or null
   */
  public static TaskLifecycle seen(TaskLifecycle byNode, TaskLifecycle byScheduler) {
    return byNode == RUNNING && byScheduler != null ? byScheduler : byNode;
  }
}
