package dev.berth.contracts.loadbalancer;

/**
 * Whether a client stays with the target group that it came to first (ELBv2:
 * TargetGroupStickinessConfig), for 1 to 604,800 seconds.
 */
public record TargetGroupStickiness(boolean enabled, Integer durationSeconds) {}
