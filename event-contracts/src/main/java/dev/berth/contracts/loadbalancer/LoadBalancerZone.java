package dev.berth.contracts.loadbalancer;

/** A zone that a load balancer is in, and its subnet there (ELBv2: AvailabilityZone). */
public record LoadBalancerZone(String zoneName, String subnetId) {}
