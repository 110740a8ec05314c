package dev.berth.contracts.loadbalancer;

import java.util.List;
import java.util.Map;

/**
 * A target group (ELBv2: TargetGroup). {@code deregistrationDelaySeconds} is 0 to 3600 (300 in ELB,
 * Berth's default too), the same as the attribute of that name.
 *
 * @param protocol {@code HTTP}, {@code HTTPS}, {@code TCP}, {@code TLS}, {@code UDP} or {@code
 *     TCP_UDP}
 * @param targetType {@code instance} or {@code ip}
 * @param protocolVersion {@code HTTP1}, {@code HTTP2} or {@code GRPC}; absent means HTTP1, or no
 *     HTTP
 * @param ipAddressType {@code ipv4} or {@code ipv6}
 * @param attributes by ELBv2's names (TargetGroupAttribute), such as {@code stickiness.enabled},
 *     each with its effective value; an absent one has ELBv2's default
 */
public record TargetGroupDesired(
    String targetGroupName,
    String targetGroupArn,
    String protocol,
    Integer port,
    TargetGroupHealthCheck healthCheck,
    int deregistrationDelaySeconds,
    List<ManualTarget> targets,
    String targetType,
    String protocolVersion,
    String ipAddressType,
    String vpcId,
    Map<String, String> attributes) {
  public TargetGroupDesired {
    targets = targets == null ? List.of() : List.copyOf(targets);
    attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
  }
}
