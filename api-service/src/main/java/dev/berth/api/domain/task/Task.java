package dev.berth.api.domain.task;

import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import java.time.Instant;

/**
 * A task in its three parts.
 *
 * @param desired what was asked; null for a service's task of which users want nothing special
 * @param verdict what the scheduler decided, or null
 * @param seen what its node saw, or null
 * @param stoppedAt when it became STOPPED, or null
 */
public record Task(
    String id,
    String cluster,
    TaskDesired desired,
    TaskVerdict verdict,
    TaskStatus seen,
    Instant createdAt,
    Instant stoppedAt) {

  /** The same task with another wish. */
  public Task with(TaskDesired changed) {
    return new Task(id, cluster, changed, verdict, seen, createdAt, stoppedAt);
  }

  /** STOPPED as soon as a user or the scheduler wants it stopped, else RUNNING. */
  public TaskLifecycle desiredStatus() {
    boolean stopAsked = desired != null && desired.desiredStatus() == TaskLifecycle.STOPPED;
    boolean stopDecided = verdict != null && verdict.desiredStatus() == TaskLifecycle.STOPPED;
    boolean over = lastStatus() == TaskLifecycle.STOPPED;
    return stopAsked || stopDecided || over ? TaskLifecycle.STOPPED : TaskLifecycle.RUNNING;
  }

  /**
   * What was last seen. A task that was refused, lost, or stopped before it was placed is STOPPED
   * though no node ever said so.
   */
  public TaskLifecycle lastStatus() {
    if (seen != null && seen.lastStatus() == TaskLifecycle.STOPPED || stoppedAt != null) {
      return TaskLifecycle.STOPPED;
    }
    if (verdict != null) {
      switch (verdict.outcome()) {
        case REFUSED, LOST -> {
          return TaskLifecycle.STOPPED;
        }
        case PLACED -> {
          if (verdict.desiredStatus() == TaskLifecycle.STOPPED
              && verdict.containerInstanceId() == null) {
            return TaskLifecycle.STOPPED;
          }
        }
      }
    }
    return seen == null || seen.lastStatus() == null
        ? TaskLifecycle.PROVISIONING
        : seen.lastStatus();
  }
}
