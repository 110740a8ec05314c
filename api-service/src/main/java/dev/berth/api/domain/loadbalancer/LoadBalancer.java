package dev.berth.api.domain.loadbalancer;

import java.time.Instant;

/** A load balancer; its listeners stand by themselves. */
public record LoadBalancer(
    String name,
    String arn,
    long version,
    String installationId,
    String dnsName,
    Instant createdAt) {}
