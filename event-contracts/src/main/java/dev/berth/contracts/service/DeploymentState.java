package dev.berth.contracts.service;

import java.time.Instant;
import java.util.List;

/**
 * A deployment as the scheduler sees it. {@code failedTasks} counts since the last success. {@code
 * containerImages} are the digests its tasks are started from. {@code completedAt} is when it was
 * first COMPLETED, {@code stoppedAt} when a StopServiceDeployment took effect. Until {@code
 * nextLaunchAt} no task of it is started because tasks kept failing; absent when nothing is
 * delayed.
 */
public record DeploymentState(
    String id,
    DeploymentStatus status,
    String taskDefinitionArn,
    int desiredCount,
    int pendingCount,
    int runningCount,
    int failedTasks,
    RolloutState rolloutState,
    String rolloutStateReason,
    Instant createdAt,
    Instant updatedAt,
    CircuitBreakerState circuitBreaker,
    List<ContainerImage> containerImages,
    Instant completedAt,
    Instant stoppedAt,
    Instant nextLaunchAt) {
  public DeploymentState {
    containerImages = containerImages == null ? List.of() : List.copyOf(containerImages);
  }
}
