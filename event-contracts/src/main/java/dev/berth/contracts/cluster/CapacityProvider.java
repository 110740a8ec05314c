package dev.berth.contracts.cluster;

/**
 * A capacity provider that a cluster is associated with (ECS: CapacityProvider). {@code type} is
 * {@code EC2_AUTOSCALING}, {@code FARGATE} or {@code FARGATE_SPOT}; the provider of a group of
 * machines says which group in {@code autoScalingGroupProvider}.
 */
public record CapacityProvider(
    String name,
    String capacityProviderArn,
    String type,
    String status,
    AutoScalingGroupProvider autoScalingGroupProvider) {}
