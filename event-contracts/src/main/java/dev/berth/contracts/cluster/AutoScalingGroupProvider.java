package dev.berth.contracts.cluster;

/** The group of machines behind a capacity provider (ECS: AutoScalingGroupProvider). */
public record AutoScalingGroupProvider(
    String autoScalingGroupArn,
    ManagedScaling managedScaling,
    String managedTerminationProtection,
    String managedDraining) {}
