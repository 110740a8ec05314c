package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.TargetHealthState;

/**
 * A target as one lb-service sees it.
 *
 * @param instanceId the machine that the target's task runs on, if it is a task's
 */
public record TargetHealth(
    String targetGroupArn,
    String targetId,
    String lbInstanceId,
    String taskId,
    TargetHealthState state,
    String reason,
    String description,
    String host,
    Integer port,
    String availabilityZone,
    String instanceId) {}
