package dev.berth.contracts.cluster;

/**
 * How an external provisioner should size a group of machines (ECS: ManagedScaling). {@code
 * targetCapacity} is a percentage, 1 to 100 (100); steps are machines; {@code instanceWarmupPeriod}
 * is in seconds.
 */
public record ManagedScaling(
    String status,
    Integer targetCapacity,
    Integer minimumScalingStepSize,
    Integer maximumScalingStepSize,
    Integer instanceWarmupPeriod) {}
