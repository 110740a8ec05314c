package dev.berth.api.domain.loadbalancer;

import java.time.Instant;

/** A listener: what comes to its port goes to one target group. */
public record Listener(
    String arn,
    String loadBalancer,
    String protocol,
    int port,
    String targetGroup,
    Instant createdAt) {}
