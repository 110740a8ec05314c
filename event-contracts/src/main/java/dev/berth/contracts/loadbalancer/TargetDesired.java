package dev.berth.contracts.loadbalancer;

import dev.berth.contracts.Versioned;

/**
 * A task's port as a target. Written by the scheduler to {@code berth.target.desired.v1}, keyed by
 * {@code targetGroupArn|targetId}; {@code targetId} is {@code taskId:containerPort}. It is DRAINING
 * first; its tombstone follows once the task has stopped.
 *
 * @param availabilityZone the zone of the task's container instance, if it has one
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
    TargetDesiredState state,
    String availabilityZone)
    implements Versioned {}
