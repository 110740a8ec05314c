package dev.berth.lb.domain;

import java.time.Duration;

/** A target group: how its targets are checked, and how long they may drain. */
public record TargetGroup(
    String arn, String name, HealthCheck healthCheck, Duration deregistrationDelay) {}
