package dev.berth.contracts.loadbalancer;

import java.util.List;

/**
 * Where requests are forwarded to (ELBv2: ForwardActionConfig).
 *
 * @param targetGroups 1 to 5, each getting requests in proportion to its weight
 * @param targetGroupStickiness absent means off
 */
public record ForwardConfig(
    List<TargetGroupTuple> targetGroups, TargetGroupStickiness targetGroupStickiness) {
  public ForwardConfig {
    targetGroups = targetGroups == null ? List.of() : List.copyOf(targetGroups);
  }

  static ForwardConfig to(String targetGroupArn) {
    return new ForwardConfig(List.of(new TargetGroupTuple(targetGroupArn, 1)), null);
  }
}
