package dev.berth.contracts.service;

import dev.berth.contracts.Versioned;
import java.time.Instant;
import java.util.List;

/**
 * A service as the scheduler sees it. Written to {@code berth.service.status.v1}. {@code
 * observedVersion} is the version of the {@link ServiceDesired} that the counts answer to: with an
 * older one, an answer about stability would be yesterday's.
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
    Instant updatedAt)
    implements Versioned {
  public ServiceStatus {
    deployments = deployments == null ? List.of() : List.copyOf(deployments);
  }
}
