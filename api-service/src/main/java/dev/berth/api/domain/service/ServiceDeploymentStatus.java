package dev.berth.api.domain.service;

/** Where a service deployment stands (ECS: ServiceDeployment, {@code status}). */
public enum ServiceDeploymentStatus {
  PENDING,
  IN_PROGRESS,
  SUCCESSFUL,
  STOPPED,
  STOP_REQUESTED,
  ROLLBACK_REQUESTED,
  ROLLBACK_IN_PROGRESS,
  ROLLBACK_SUCCESSFUL,
  ROLLBACK_FAILED;

  /** Whether nothing follows. */
  public boolean isFinal() {
    return switch (this) {
      case SUCCESSFUL, STOPPED, ROLLBACK_SUCCESSFUL, ROLLBACK_FAILED -> true;
      case PENDING, IN_PROGRESS, STOP_REQUESTED, ROLLBACK_REQUESTED, ROLLBACK_IN_PROGRESS -> false;
    };
  }

  /** Whether it may still be stopped. */
  public boolean canBeStopped() {
    return this == PENDING || this == IN_PROGRESS;
  }
}
