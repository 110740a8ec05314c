package dev.berth.contracts.loadbalancer;

import java.util.List;

/**
 * A target group (ELBv2: TargetGroup). {@code deregistrationDelaySeconds} is 0 to 3600 (300 in ELB,
 * Berth's default too).
 */
public record TargetGroupDesired(
    String targetGroupName,
    String targetGroupArn,
    String protocol,
    Integer port,
    TargetGroupHealthCheck healthCheck,
    int deregistrationDelaySeconds,
    List<ManualTarget> targets) {
  public TargetGroupDesired {
    targets = targets == null ? List.of() : List.copyOf(targets);
  }
}
