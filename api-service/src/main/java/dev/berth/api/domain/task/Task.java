package dev.berth.api.domain.task;

import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.contracts.taskdef.Tag;
import java.time.Instant;
import java.util.List;

/**
 * A task in its three parts.
 *
 * @param desired what was asked; null for a service's task of which users want nothing special
 * @param verdict what the scheduler decided, or null
 * @param seen what its node saw, or null; may be behind {@code lastStatus} for a lost task
 * @param stoppedAt when it became STOPPED, or null
 */
public record Task(
    String id,
    String cluster,
    String taskDefinitionArn,
    TaskDesired desired,
    TaskVerdict verdict,
    TaskStatus seen,
    TaskLifecycle desiredStatus,
    TaskLifecycle lastStatus,
    Instant createdAt,
    Instant stoppedAt,
    List<Tag> tags) {

  public Task {
    tags = tags == null ? List.of() : List.copyOf(tags);
  }

  /** The same task with another wish. */
  public Task with(TaskDesired changed) {
    return new Task(
        id,
        cluster,
        taskDefinitionArn,
        changed,
        verdict,
        seen,
        changed.desiredStatus() == TaskLifecycle.STOPPED ? TaskLifecycle.STOPPED : desiredStatus,
        lastStatus,
        createdAt,
        stoppedAt,
        tags);
  }

  /**
   * Whether the scheduler refused it: such a task never was, in ECS's words. One that was to wait
   * for room was given to its caller before, and is STOPPED instead.
   */
  public boolean isRefused() {
    return !waits(desired)
        && verdict != null
        && verdict.outcome() == VerdictOutcome.REFUSED
        && verdict.stopCode() != StopCode.UserInitiated;
  }

  /** Whether a task was asked to wait for room. */
  public static boolean waits(TaskDesired desired) {
    return desired != null
        && desired.run() != null
        && desired.run().placementTimeoutSeconds() != null
        && desired.run().placementTimeoutSeconds() > 0;
  }
}
