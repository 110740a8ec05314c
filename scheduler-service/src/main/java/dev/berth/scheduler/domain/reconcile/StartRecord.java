package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.scheduler.domain.state.DeploymentMemory;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.Subject;
import dev.berth.scheduler.domain.state.TaskState;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps the record of a deployment's starts: a task that ran for a while, and well if anybody
 * checks it, has started; one that ended before has failed. To have been healthy for a moment isn't
 * enough: a task that answers and then crashes would be started anew without end.
 */
final class StartRecord {
  private final Planning planning;

  StartRecord(Planning planning) {
    this.planning = planning;
  }

  /** A task has ended. */
  void ended(TaskState task) {
    ServiceState service =
        task.serviceName() == null ? null : planning.state().service(task.serviceName());
    TaskAssignment assignment = task.assignment();
    if (service == null || service.desired() == null || assignment.deploymentId() == null) {
      return;
    }
    boolean byItself = assignment.desiredStatus() != TaskLifecycle.STOPPED;
    boolean unhealthy = isHealthFailure(assignment);
    if (!byItself && !unhealthy) {
      return;
    }
    boolean started = task.isStable() || (byItself && ranLongEnough(task.status()));
    if (service.deployment(assignment.deploymentId()) != null && !started) {
      service.memory(assignment.deploymentId()).failed(planning.now());
    }
    if (byItself) {
      String reason = reasonOf(task.status());
      planning.sayOnce(
          service,
          "stopped " + assignment.deploymentId() + " " + (started ? task.taskId() : reason),
          Duration.ofMinutes(5),
          Sentence.warn(
              started ? "SERVICE_TASK_STOPPED" : "SERVICE_TASK_START_FAILED",
              assignment.deploymentId(),
              "(task %s) %s: %s"
                  .formatted(task.taskId(), started ? "stopped" : "failed to start", reason)));
    }
  }

  /** Whether we stopped the task because it was unhealthy. */
  private static boolean isHealthFailure(TaskAssignment assignment) {
    return assignment.stopCode() == StopCode.ServiceSchedulerInitiated
        && assignment.stoppedReason() != null
        && assignment.stoppedReason().startsWith(Health.FAILED);
  }

  private boolean ranLongEnough(TaskStatus status) {
    if (status.startedAt() == null) {
      return false;
    }
    Instant end =
        status.executionStoppedAt() != null
            ? status.executionStoppedAt()
            : status.stoppedAt() != null ? status.stoppedAt() : planning.now();
    return !end.isBefore(status.startedAt().plus(planning.settings().taskStableAfter()));
  }

  private static String reasonOf(TaskStatus status) {
    for (var container : status.containers()) {
      if (container.reason() != null && container.exitCode() == null) {
        return container.reason();
      }
    }
    if (status.stoppedReason() == null) {
      return "no reason was given.";
    }
    StringBuilder reason = new StringBuilder(status.stoppedReason());
    for (var container : status.containers()) {
      if (container.exitCode() != null) {
        reason
            .append(" (container ")
            .append(container.name())
            .append(") (exit code ")
            .append(container.exitCode())
            .append(')');
      }
    }
    return reason.toString();
  }

  /** A task runs; notes whether it has started by now, else looks again when it will have. */
  void running(ServiceState service, TaskState task, boolean healthy) {
    if (task.isStable() || !healthy || task.deploymentId() == null) {
      return;
    }
    Instant startedAt = task.status().startedAt();
    Instant stableAt =
        startedAt == null ? planning.now() : startedAt.plus(planning.settings().taskStableAfter());
    if (planning.now().isBefore(stableAt)) {
      planning.lookAgain(new Subject.OfService(service.name()), stableAt);
      return;
    }
    task.becameStable();
    // What a predecessor has counted already must not wipe out the failures since.
    boolean news = startedAt == null || stableAt.isAfter(planning.state().hearing().caughtUpAt());
    DeploymentMemory memory = service.memory(task.deploymentId());
    if (news && (memory.failures() > 0 || memory.countedFailures() > 0)) {
      memory.succeeded(CircuitBreaker.resets(service.desired().deploymentConfiguration()));
      service.unsay("impaired " + task.deploymentId());
    }
  }
}
