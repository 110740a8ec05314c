package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import java.time.Instant;
import java.util.List;

/** A target group as the API shows it (ELBv2: TargetGroup). */
public record TargetGroupDescription(
    String targetGroupArn,
    String targetGroupName,
    String protocol,
    Integer port,
    String targetType,
    boolean healthCheckEnabled,
    String healthCheckProtocol,
    String healthCheckPort,
    String healthCheckPath,
    double healthCheckIntervalSeconds,
    double healthCheckTimeoutSeconds,
    int healthyThresholdCount,
    int unhealthyThresholdCount,
    TargetGroupRequest.Matcher matcher,
    int deregistrationDelaySeconds,
    List<String> loadBalancerArns,
    Instant createdAt) {

  public static TargetGroupDescription of(TargetGroup group, List<String> loadBalancerArns) {
    TargetGroupDesired desired = group.desired();
    TargetGroupHealthCheck check = desired.healthCheck();
    return new TargetGroupDescription(
        desired.targetGroupArn(),
        desired.targetGroupName(),
        desired.protocol(),
        desired.port(),
        group.targetType(),
        check.enabled(),
        check.protocol(),
        check.port(),
        check.path(),
        check.intervalSeconds(),
        check.timeoutSeconds(),
        check.healthyThreshold(),
        check.unhealthyThreshold(),
        new TargetGroupRequest.Matcher(check.matcher()),
        desired.deregistrationDelaySeconds(),
        loadBalancerArns,
        group.createdAt());
  }
}
