package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A target group as the API shows it (ELBv2: TargetGroup). */
public record TargetGroupDescription(
    String targetGroupArn,
    String targetGroupName,
    String protocol,
    String protocolVersion,
    Integer port,
    String vpcId,
    String targetType,
    String ipAddressType,
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
    Map<String, String> attributes,
    List<String> loadBalancerArns,
    Instant createdAt) {

  public static TargetGroupDescription of(TargetGroup group, List<String> loadBalancerArns) {
    TargetGroupDesired desired = group.desired();
    TargetGroupHealthCheck check = desired.healthCheck();
    return new TargetGroupDescription(
        desired.targetGroupArn(),
        desired.targetGroupName(),
        desired.protocol(),
        desired.protocolVersion(),
        desired.port(),
        desired.vpcId(),
        group.targetType(),
        desired.ipAddressType(),
        check.enabled(),
        check.protocol(),
        check.port(),
        check.path(),
        check.intervalSeconds(),
        check.timeoutSeconds(),
        check.healthyThreshold(),
        check.unhealthyThreshold(),
        check.matcher() == null && check.grpcCode() == null
            ? null
            : new TargetGroupRequest.Matcher(check.matcher(), check.grpcCode()),
        desired.deregistrationDelaySeconds(),
        LoadBalancingAttributes.ofTargetGroup(desired).effective(desired.attributes()),
        loadBalancerArns,
        group.createdAt());
  }
}
