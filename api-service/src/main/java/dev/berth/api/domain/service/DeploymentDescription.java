package dev.berth.api.domain.service;

import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.RolloutState;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import java.time.Instant;

/** A deployment as the API shows it (ECS: Deployment). */
public record DeploymentDescription(
    String id,
    DeploymentStatus status,
    String taskDefinition,
    int desiredCount,
    int pendingCount,
    int runningCount,
    int failedTasks,
    RolloutState rolloutState,
    String rolloutStateReason,
    String launchType,
    NetworkConfiguration networkConfiguration,
    Instant createdAt,
    Instant updatedAt) {}
