package dev.berth.api.domain.loadbalancer;

/**
 * A target by address (ELBv2: TargetDescription).
 *
 * @param id a host name or address
 * @param port the target group's own port when absent
 */
public record TargetDescription(String id, Integer port) {}
