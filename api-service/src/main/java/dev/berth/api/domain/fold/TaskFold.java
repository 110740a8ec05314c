package dev.berth.api.domain.fold;

import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.task.VerdictOutcome;
import java.time.Instant;
import java.util.Optional;

/** Folds verdicts and statuses into a task's row. An empty answer means that nothing is new. */
public final class TaskFold {
  private TaskFold() {}

  /**
   * What the scheduler decided.
   *
   * @param row the task's row, or null when this is the first that is heard of it
   */
  public static Optional<TaskRow> verdict(TaskRow row, TaskVerdict verdict) {
    if (row != null && verdict.version() <= row.verdictVersion()) {
      return Optional.empty();
    }
    boolean given = isGiven(verdict);
    boolean stop = !given || verdict.desiredStatus() == TaskLifecycle.STOPPED;
    // No node will ever speak of a task that was refused, lost, or stopped before it had a place.
    boolean over = !given || (stop && verdict.containerInstanceId() == null);
    TaskLifecycle decided =
        over
            ? TaskLifecycle.STOPPED
            : row == null || row.seen() == null
                ? TaskLifecycle.PROVISIONING
                : TaskLifecycle.seen(row.seen().lastStatus(), verdict.schedulerStatus());
    TaskLifecycle last = row == null ? decided : later(row.lastStatus(), decided);
    return Optional.of(
        new TaskRow(
            verdict.taskId(),
            verdict.cluster(),
            known(verdict.taskDefinitionArn(), row == null ? null : row.taskDefinitionArn()),
            known(verdict.serviceName(), row == null ? null : row.serviceName()),
            row == null ? null : row.serviceId(),
            known(verdict.deploymentId(), row == null ? null : row.deploymentId()),
            known(verdict.group(), row == null ? null : row.group()),
            known(verdict.startedBy(), row == null ? null : row.startedBy()),
            known(verdict.containerInstanceId(), row == null ? null : row.containerInstanceId()),
            stop ? TaskLifecycle.STOPPED : desired(row),
            last,
            row == null ? 0 : row.version(),
            row == null ? null : row.desired(),
            verdict.version(),
            verdict,
            row == null ? 0 : row.seenVersion(),
            row == null ? null : row.seen(),
            row != null ? row.createdAt() : known(verdict.createdAt(), verdict.decidedAt()),
            stoppedAt(row, last, verdict.decidedAt())));
  }

  /**
   * Whether nothing but a verdict speaks of a task that isn't over: nobody asked for it, and no
   * node has told of it. Once that verdict says stop, or was erased, the row must go: it may come
   * of a verdict that was read again after the task's own row had expired, and nothing would ever
   * end it. A task that really is about to stop gets its row from what its node tells.
   */
  public static boolean isHearsay(TaskRow row) {
    return row.desired() == null && row.seen() == null && row.lastStatus() != TaskLifecycle.STOPPED;
  }

  /**
   * What the task's node saw. A status that would go backwards (a lost task's node came back) is
   * kept as seen, the task stays where it was.
   *
   * @param row the task's row, or null when this is the first that is heard of it
   * @param now when the status was read; stands in for times that the node left out
   */
  public static Optional<TaskRow> status(TaskRow row, TaskStatus status, Instant now) {
    if (row != null && status.version() <= row.seenVersion()) {
      return Optional.empty();
    }
    TaskLifecycle shown =
        TaskLifecycle.seen(
            status.lastStatus(),
            row == null || row.verdict() == null ? null : row.verdict().schedulerStatus());
    TaskLifecycle last = row == null ? shown : later(row.lastStatus(), shown);
    boolean ended = last == TaskLifecycle.STOPPED || status.stopCode() != null;
    return Optional.of(
        new TaskRow(
            status.taskId(),
            status.cluster(),
            known(row == null ? null : row.taskDefinitionArn(), status.taskDefinitionArn()),
            known(row == null ? null : row.serviceName(), status.serviceName()),
            known(status.serviceId(), row == null ? null : row.serviceId()),
            known(row == null ? null : row.deploymentId(), status.deploymentId()),
            known(row == null ? null : row.group(), status.group()),
            known(row == null ? null : row.startedBy(), status.startedBy()),
            known(status.containerInstanceId(), row == null ? null : row.containerInstanceId()),
            ended ? TaskLifecycle.STOPPED : desired(row),
            last,
            row == null ? 0 : row.version(),
            row == null ? null : row.desired(),
            row == null ? 0 : row.verdictVersion(),
            row == null ? null : row.verdict(),
            status.version(),
            status,
            row != null ? row.createdAt() : known(status.createdAt(), now),
            stoppedAt(row, last, known(status.stoppedAt(), now))));
  }

  /** Whether the task has a place, or waits for one. */
  private static boolean isGiven(TaskVerdict verdict) {
    return verdict.outcome() == VerdictOutcome.PLACED || verdict.outcome() == VerdictOutcome.QUEUED;
  }

  private static TaskLifecycle desired(TaskRow row) {
    return row == null ? TaskLifecycle.RUNNING : row.desiredStatus();
  }

  private static TaskLifecycle later(TaskLifecycle current, TaskLifecycle next) {
    return current.canBecome(next) ? next : current;
  }

  private static Instant stoppedAt(TaskRow row, TaskLifecycle last, Instant at) {
    if (last != TaskLifecycle.STOPPED) {
      return null;
    }
    return row != null && row.stoppedAt() != null ? row.stoppedAt() : at;
  }

  private static <T> T known(T first, T otherwise) {
    return first != null ? first : otherwise;
  }
}
