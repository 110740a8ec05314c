package dev.berth.contracts.task;

import dev.berth.contracts.Versioned;
import java.time.Instant;
import java.util.List;

/**
 * A task as its node sees it. Written to {@code berth.task.status.v1}. It carries what the task is
 * (definition, service, resources), so that a scheduler whose memory was lost adopts a running task
 * instead of starting another.
 */
public record TaskStatus(
    String taskId,
    String cluster,
    String containerInstanceId,
    long version,
    String installationId,
    TaskLifecycle lastStatus,
    HealthStatus healthStatus,
    List<ContainerState> containers,
    String taskDefinitionArn,
    String serviceName,
    String serviceId,
    String deploymentId,
    String group,
    String startedBy,
    Resources resources,
    String hostAddress,
    StopCode stopCode,
    String stoppedReason,
    Instant createdAt,
    Instant pullStartedAt,
    Instant pullStoppedAt,
    Instant startedAt,
    Instant stoppingAt,
    Instant executionStoppedAt,
    Instant stoppedAt,
    String launchType,
    String capacityProviderName)
    implements Versioned {
  public TaskStatus {
    containers = containers == null ? List.of() : List.copyOf(containers);
  }
}
