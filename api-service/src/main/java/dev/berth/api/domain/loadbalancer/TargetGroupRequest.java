package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.taskdef.Tag;
import java.util.List;
import java.util.Map;

/**
 * A target group to create or change (ELBv2: CreateTargetGroup, ModifyTargetGroup). Absent members
 * take ELBv2's defaults, or change nothing. Times are in seconds and may have fractions.
 *
 * @param deregistrationDelaySeconds the attribute {@code deregistration_delay.timeout_seconds}
 * @param attributes by ELBv2's names, as ModifyTargetGroupAttributes takes them: a convenience of
 *     Berth's REST API
 * @param targetControlPort refused: there is no agent that says how much a target can take
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
    Integer deregistrationDelaySeconds,
    String protocolVersion,
    String vpcId,
    String ipAddressType,
    Map<String, String> attributes,
    List<Tag> tags,
    Integer targetControlPort) {
  public TargetGroupRequest {
    // Terraform sends an empty text where there is no version.
    protocolVersion = protocolVersion == null || protocolVersion.isEmpty() ? null : protocolVersion;
  }

  /**
   * What is healthy: HTTP codes such as {@code 200} or {@code 200-299,404}, or gRPC codes such as
   * {@code 12} or {@code 0-99}.
   */
  public record Matcher(String httpCode, String grpcCode) {}
}
