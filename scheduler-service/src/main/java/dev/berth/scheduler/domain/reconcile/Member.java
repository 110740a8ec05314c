package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.task.TaskProtection;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.TaskState;
import java.time.Instant;

/**
 * A live task as a part of its service.
 *
 * @param primary whether it is of the newest deployment
 * @param leaving whether its instance shall get empty
 */
record Member(
    TaskState task, InstanceState instance, boolean primary, boolean leaving, Health health) {
  static Member of(Planning planning, TaskState task, boolean primary, Health health) {
    InstanceState instance = planning.state().instance(task.containerInstanceId());
    boolean leaving =
        instance != null
            && (instance.wanted() == InstanceStatusName.DRAINING
                || instance.wanted() == InstanceStatusName.INACTIVE);
    return new Member(task, instance, primary, leaving, health);
  }

  boolean isHealthy() {
    return health.isHealthy();
  }

  boolean isUnhealthy() {
    return health.isUnhealthy();
  }

  /** Whether it needn't be replaced. */
  boolean isKeeper() {
    return primary && !leaving && !health.isUnhealthy();
  }

  boolean isProtected(Instant now) {
    TaskProtection protection = task.desired() == null ? null : task.desired().protection();
    return protection != null
        && protection.enabled()
        && (protection.expirationDate() == null || protection.expirationDate().isAfter(now));
  }

  /** When its protection ends by itself, or null. */
  Instant protectedUntil(Instant now) {
    return isProtected(now) ? task.desired().protection().expirationDate() : null;
  }
}
