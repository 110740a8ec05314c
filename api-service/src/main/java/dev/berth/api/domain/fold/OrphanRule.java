package dev.berth.api.domain.fold;

import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import java.util.Optional;

/**
 * Finds live tasks that nobody wants any more, whose stop the scheduler may not know of (its memory
 * was lost, or the node was away when the service was deleted).
 *
 * <p>A task of a service is judged by its service only: the row of a service is there before the
 * scheduler hears of the service, the row of its task is not.
 */
public final class OrphanRule {
  static final String SERVICE_GONE = "The service that this task belongs to was deleted";
  static final String STOP_ASKED = "The task's stop was asked for";

  private OrphanRule() {}

  /**
   * The stop to ask for, or empty when the task may go on or its stop was asked for already.
   *
   * @param row the task's row, the status folded in
   * @param serviceStatus the status of the row of the service with the task's {@code serviceId},
   *     null when there is no such row
   */
  public static Optional<TaskDesired> stop(
      TaskRow row, TaskStatus status, ServiceStatusName serviceStatus, String installationId) {
    boolean live = TaskLifecycle.STOPPING.compareTo(status.lastStatus()) > 0;
    if (!live || !installationId.equals(status.installationId())) {
      return Optional.empty();
    }
    if (row.desired() != null && row.desired().desiredStatus() == TaskLifecycle.STOPPED) {
      return Optional.empty();
    }
    if (status.serviceId() != null) {
      boolean gone = serviceStatus == null || serviceStatus == ServiceStatusName.INACTIVE;
      return gone
          ? Optional.of(stop(row, StopCode.ServiceSchedulerInitiated, SERVICE_GONE, installationId))
          : Optional.empty();
    }
    boolean stopped = row.serviceName() == null && row.desiredStatus() == TaskLifecycle.STOPPED;
    return stopped
        ? Optional.of(stop(row, StopCode.UserInitiated, STOP_ASKED, installationId))
        : Optional.empty();
  }

  private static TaskDesired stop(
      TaskRow row, StopCode code, String reason, String installationId) {
    TaskDesired before = row.desired();
    return new TaskDesired(
        row.id(),
        row.cluster(),
        row.version(),
        installationId,
        TaskLifecycle.STOPPED,
        code,
        reason,
        before == null ? null : before.run(),
        before == null ? null : before.protection(),
        before == null ? null : before.containerInstanceId());
  }
}
