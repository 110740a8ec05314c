package dev.berth.api.domain.loadbalancer;

/**
 * A target group to create or change (ELBv2: CreateTargetGroup, ModifyTargetGroup). Absent members
 * take ELBv2's defaults, or change nothing. Times are in seconds and may have fractions.
 */
public record TargetGroupRequest(
    String name,
    String protocol,
    Integer port,
    String targetType,
    Boolean healthCheckEnabled,
    String healthCheckProtocol,
    String healthCheckPath,
    String healthCheckPort,
    Double healthCheckIntervalSeconds,
    Double healthCheckTimeoutSeconds,
    Integer healthyThresholdCount,
    Integer unhealthyThresholdCount,
    Matcher matcher,
    Integer deregistrationDelaySeconds) {

  /** Which HTTP codes are healthy, such as {@code 200} or {@code 200-299,404}. */
  public record Matcher(String httpCode) {}
}
