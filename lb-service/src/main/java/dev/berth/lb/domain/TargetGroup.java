package dev.berth.lb.domain;

import java.time.Duration;

/** A target group: how its targets are spoken to, chosen and checked, and how long they drain. */
public record TargetGroup(
    String arn,
    String name,
    HealthCheck healthCheck,
    Duration deregistrationDelay,
    Protocol protocol,
    ProtocolVersion version,
    TargetGroupSettings settings) {
  /** A group of HTTP/1.1 targets with ELBv2's defaults. */
  public TargetGroup(
      String arn, String name, HealthCheck healthCheck, Duration deregistrationDelay) {
    this(
        arn,
        name,
        healthCheck,
        deregistrationDelay,
        Protocol.HTTP,
        ProtocolVersion.HTTP1,
        TargetGroupSettings.DEFAULT);
  }
}
