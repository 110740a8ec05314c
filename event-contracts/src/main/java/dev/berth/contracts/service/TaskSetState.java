package dev.berth.contracts.service;

import java.time.Instant;

/**
 * A task set as the scheduler sees it. {@code computedDesiredCount} is the service's desired count
 * times the scale, rounded up (ECS: TaskSet).
 */
public record TaskSetState(
    String id,
    int computedDesiredCount,
    int pendingCount,
    int runningCount,
    StabilityStatus stabilityStatus,
    Instant stabilityStatusAt,
    Instant updatedAt) {}
