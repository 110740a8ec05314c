package dev.berth.contracts.task;

import dev.berth.contracts.Versioned;
import java.time.Instant;
import java.util.List;

/**
 * The scheduler's own memory of a task that it placed: slim, read again by the next leader. Written
 * to {@code berth.task.assignment.v1}. {@code epoch} counts the leaderships of the partition.
 * {@code targets} are the target ids registered for it ({@code targetGroupArn|targetId}). {@code
 * recoveringSince} is there while its writer did not know yet all that runs in the cluster, because
 * the log had been emptied: one record without it says that the log remembers everything.
 */
public record TaskAssignment(
    String taskId,
    String cluster,
    long version,
    long epoch,
    String containerInstanceId,
    String taskDefinitionArn,
    String serviceName,
    String serviceId,
    String deploymentId,
    String group,
    String startedBy,
    Resources resources,
    TaskLifecycle desiredStatus,
    StopCode stopCode,
    String stoppedReason,
    List<String> targets,
    Instant createdAt,
    Instant stopRequestedAt,
    String launchType,
    String capacityProviderName,
    Instant recoveringSince)
    implements Versioned {
  public TaskAssignment {
    targets = targets == null ? List.of() : List.copyOf(targets);
  }
}
