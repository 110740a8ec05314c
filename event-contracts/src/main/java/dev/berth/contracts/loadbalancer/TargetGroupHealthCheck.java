package dev.berth.contracts.loadbalancer;

/**
 * How targets are checked (ELBv2: TargetGroup). Interval 5 to 300 seconds (30), timeout 2 to 120
 * (5), thresholds 2 to 10 (5 healthy, 2 unhealthy); {@code matcher} is a list of HTTP codes and
 * ranges such as {@code 200,300-399} (200). {@code port} is {@code traffic-port} or a number. Berth
 * also takes fractions of a second below ECS's minimum; see the glossary.
 */
public record TargetGroupHealthCheck(
    boolean enabled,
    String protocol,
    String port,
    String path,
    double intervalSeconds,
    double timeoutSeconds,
    int healthyThreshold,
    int unhealthyThreshold,
    String matcher) {}
