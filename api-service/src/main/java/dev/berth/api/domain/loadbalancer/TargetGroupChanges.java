package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.ManualTarget;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What creating and changing make of a target group. */
public final class TargetGroupChanges {
  private static final TargetGroupHealthCheck DEFAULT_CHECK =
      new TargetGroupHealthCheck(true, "HTTP", "traffic-port", "/", 30, 5, 5, 2, "200", null);
  private static final int DEFAULT_DELAY = 300;

  private TargetGroupChanges() {}

  /** A new target group with ELBv2's defaults where nothing was asked. */
  public static TargetGroup created(TargetGroupRequest request, String arn, Instant now) {
    return new TargetGroup(
        new TargetGroupDesired(
            request.name(),
            arn,
            "HTTP",
            request.port() == null ? 80 : request.port(),
            check(DEFAULT_CHECK, request),
            request.deregistrationDelaySeconds() == null
                ? DEFAULT_DELAY
                : request.deregistrationDelaySeconds(),
            List.of(),
            request.targetType() == null ? "instance" : request.targetType(),
            null,
            "ipv4",
            null,
            null),
        request.targetType() == null ? "instance" : request.targetType(),
        now);
  }

  /** A changed target group: its checks and its delay. */
  public static TargetGroup updated(TargetGroup group, TargetGroupRequest request) {
    TargetGroupDesired old = group.desired();
    return group.with(
        new TargetGroupDesired(
            old.targetGroupName(),
            old.targetGroupArn(),
            old.protocol(),
            old.port(),
            check(old.healthCheck(), request),
            request.deregistrationDelaySeconds() == null
                ? old.deregistrationDelaySeconds()
                : request.deregistrationDelaySeconds(),
            old.targets(),
            old.targetType(),
            old.protocolVersion(),
            old.ipAddressType(),
            old.vpcId(),
            old.attributes()));
  }

  /** A group with more targets by hand. */
  public static TargetGroup registered(TargetGroup group, List<TargetDescription> targets) {
    Map<String, ManualTarget> byId = byId(group);
    for (TargetDescription target : targets) {
      ManualTarget manual = manual(group, target);
      byId.put(manual.id(), manual);
    }
    return with(group, byId);
  }

  /** A group with fewer targets by hand. */
  public static TargetGroup deregistered(TargetGroup group, List<TargetDescription> targets) {
    Map<String, ManualTarget> byId = byId(group);
    targets.forEach(target -> byId.remove(manual(group, target).id()));
    return with(group, byId);
  }

  private static ManualTarget manual(TargetGroup group, TargetDescription target) {
    int port = target.port() == null ? group.desired().port() : target.port();
    return new ManualTarget(target.id() + ":" + port, target.id(), port, null, null);
  }

  private static Map<String, ManualTarget> byId(TargetGroup group) {
    Map<String, ManualTarget> byId = new LinkedHashMap<>();
    group.desired().targets().forEach(target -> byId.put(target.id(), target));
    return byId;
  }

  private static TargetGroup with(TargetGroup group, Map<String, ManualTarget> targets) {
    TargetGroupDesired old = group.desired();
    return group.with(
        new TargetGroupDesired(
            old.targetGroupName(),
            old.targetGroupArn(),
            old.protocol(),
            old.port(),
            old.healthCheck(),
            old.deregistrationDelaySeconds(),
            List.copyOf(targets.values()),
            old.targetType(),
            old.protocolVersion(),
            old.ipAddressType(),
            old.vpcId(),
            old.attributes()));
  }

  private static TargetGroupHealthCheck check(
      TargetGroupHealthCheck base, TargetGroupRequest asked) {
    return new TargetGroupHealthCheck(
        or(asked.healthCheckEnabled(), base.enabled()),
        "HTTP",
        or(asked.healthCheckPort(), base.port()),
        or(asked.healthCheckPath(), base.path()),
        or(asked.healthCheckIntervalSeconds(), base.intervalSeconds()),
        or(asked.healthCheckTimeoutSeconds(), base.timeoutSeconds()),
        or(asked.healthyThresholdCount(), base.healthyThreshold()),
        or(asked.unhealthyThresholdCount(), base.unhealthyThreshold()),
        asked.matcher() == null ? base.matcher() : or(asked.matcher().httpCode(), base.matcher()),
        base.grpcCode());
  }

  private static <T> T or(T asked, T otherwise) {
    return asked == null ? otherwise : asked;
  }
}
