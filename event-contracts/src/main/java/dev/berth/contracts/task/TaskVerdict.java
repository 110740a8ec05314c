package dev.berth.contracts.task;

import dev.berth.contracts.Versioned;
import dev.berth.contracts.taskdef.Attribute;
import java.time.Instant;
import java.util.List;

/**
 * What the scheduler decided about a task, and what it wants of it now. Written to {@code
 * berth.task.verdict.v1}; for tasks of services it is the first that api-service hears of them. A
 * refused one-off task stays refused. {@code canWaitHelp} tells whether the same request may
 * succeed later, {@code instancesConsidered} is how many container instances were looked at. {@code
 * schedulerStatus} is the scheduler's own part of the life cycle, see {@link TaskLifecycle#seen}.
 */
public record TaskVerdict(
    String taskId,
    String cluster,
    long version,
    VerdictOutcome outcome,
    TaskLifecycle desiredStatus,
    String containerInstanceId,
    String serviceName,
    String deploymentId,
    String taskDefinitionArn,
    String group,
    String startedBy,
    String launchType,
    String capacityProviderName,
    Resources resources,
    StopCode stopCode,
    String stoppedReason,
    int instancesConsidered,
    List<RefusalReason> reasons,
    boolean canWaitHelp,
    List<Attribute> attributes,
    Instant createdAt,
    Instant decidedAt,
    TaskLifecycle schedulerStatus)
    implements Versioned {
  public TaskVerdict {
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
    attributes = attributes == null ? List.of() : List.copyOf(attributes);
  }
}
