package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.TargetHealthState;

/** A target as one lb-service sees it. */
public record TargetHealth(
    String targetGroupArn,
    String targetId,
    String lbInstanceId,
    String taskId,
    TargetHealthState state,
    String reason,
    String description) {}
