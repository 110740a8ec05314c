package dev.berth.contracts.service;

import java.time.Instant;

/** A deployment as the scheduler sees it. {@code failedTasks} counts since the last success. */
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
    Instant updatedAt) {}
