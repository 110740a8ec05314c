package dev.berth.api.domain.fold;

import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import java.time.Instant;

/**
 * A task as api-service keeps it: asked ({@code desired}), decided ({@code verdict}), seen ({@code
 * seen}), each with the version it was last written with (0 for never).
 */
public record TaskRow(
    String id,
    String cluster,
    String taskDefinitionArn,
    String serviceName,
    String serviceId,
    String deploymentId,
    String group,
    String startedBy,
    String containerInstanceId,
    TaskLifecycle desiredStatus,
    TaskLifecycle lastStatus,
    long version,
    TaskDesired desired,
    long verdictVersion,
    TaskVerdict verdict,
    long seenVersion,
    TaskStatus seen,
    Instant createdAt,
    Instant stoppedAt) {

  /** The family of the task's definition, or null while the definition isn't known. */
  public String family() {
    if (taskDefinitionArn == null) {
      return null;
    }
    String name = taskDefinitionArn.substring(taskDefinitionArn.lastIndexOf('/') + 1);
    int colon = name.lastIndexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  /**
   * This task with a stop asked for.
   *
   * @param version the new version of the desired record
   */
  public TaskRow stopAsked(TaskDesired stop, long version) {
    return new TaskRow(
        id,
        cluster,
        taskDefinitionArn,
        serviceName,
        serviceId,
        deploymentId,
        group,
        startedBy,
        containerInstanceId,
        TaskLifecycle.STOPPED,
        lastStatus,
        version,
        stop,
        verdictVersion,
        verdict,
        seenVersion,
        seen,
        createdAt,
        stoppedAt);
  }
}
