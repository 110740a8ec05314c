package dev.berth.contracts.service;

import dev.berth.contracts.Versioned;
import java.time.Instant;
import java.util.List;

/**
 * A service as the scheduler sees it. Written to {@code berth.service.status.v1}. {@code
 * observedVersion} is the version of the {@link ServiceDesired} that the counts answer to: with an
 * older one, an answer about stability would be yesterday's. While the PRIMARY deployment is not
 * COMPLETED, {@code deployments} also list the last one that was, with or without tasks: it is what
 * {@code rollback} goes to. {@code rollback} stands until the deployment it went to is COMPLETED
 * again and the next one begins.
 */
public record ServiceStatus(
    String cluster,
    String serviceName,
    String serviceId,
    long version,
    long observedVersion,
    ServiceStatusName status,
    int desiredCount,
    int runningCount,
    int pendingCount,
    boolean steady,
    List<DeploymentState> deployments,
    Instant updatedAt,
    Rollback rollback,
    List<TaskSetState> taskSets)
    implements Versioned {
  public ServiceStatus {
    deployments = deployments == null ? List.of() : List.copyOf(deployments);
    taskSets = taskSets == null ? List.of() : List.copyOf(taskSets);
  }
}
