package dev.berth.lb.domain;

import java.time.Duration;

/**
 * How a group's targets are checked.
 *
 * @param port the port to check, or 0 for the port that takes the traffic
 * @param healthyThreshold good checks in a row that bring an unhealthy target back
 * @param unhealthyThreshold bad checks in a row that take a target out
 * @param matcher the codes that are good; of gRPC when that is the version
 */
public record HealthCheck(
    boolean enabled,
    Kind kind,
    int port,
    String path,
    Duration interval,
    Duration timeout,
    int healthyThreshold,
    int unhealthyThreshold,
    StatusCodeMatcher matcher,
    ProtocolVersion version) {
  /** What is spoken to the target. */
  public enum Kind {
    HTTP,
    HTTPS,
    TCP
  }

  /** ELBv2's defaults. */
  public static final HealthCheck DEFAULT =
      new HealthCheck(
          true,
          Kind.HTTP,
          0,
          "/",
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          5,
          2,
          StatusCodeMatcher.DEFAULT,
          ProtocolVersion.HTTP1);

  public HealthCheck {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("The interval between health checks must be positive");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("The time-out of health checks must be positive");
    }
    if (healthyThreshold < 1 || unhealthyThreshold < 1) {
      throw new IllegalArgumentException("Thresholds of health checks start at 1");
    }
  }
}
