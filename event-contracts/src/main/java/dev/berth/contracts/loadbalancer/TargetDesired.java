package dev.berth.contracts.loadbalancer;

import dev.berth.contracts.Versioned;

/**
 * A task's port as a target. Written by the scheduler to {@code berth.target.desired.v1}, keyed by
 * {@code targetGroupArn|targetId}; {@code targetId} is {@code taskId:containerPort}. It is DRAINING
 * first; its tombstone follows once the task has stopped.
 */
public record TargetDesired(
    String targetGroupArn,
    String targetId,
    long version,
    String cluster,
    String serviceName,
    String taskId,
    String host,
    int port,
    TargetDesiredState state)
    implements Versioned {}
