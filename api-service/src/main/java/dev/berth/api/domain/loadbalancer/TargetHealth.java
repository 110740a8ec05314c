package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.TargetHealthState;

/**
 * A target as one lb-service sees it.
 *
 * @param outdated whether that lb-service has gone, and others see the targets now
 * @param instanceId the machine that the target's task runs on, if it is a task's
 */
public record TargetHealth(
    String targetGroupArn,
    String targetId,
    String lbInstanceId,
    boolean outdated,
    String taskId,
    TargetHealthState state,
    String reason,
    String description,
    String host,
    Integer port,
    String availabilityZone,
    String instanceId) {}
