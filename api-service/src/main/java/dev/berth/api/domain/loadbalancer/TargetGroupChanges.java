package dev.berth.api.domain.loadbalancer;

import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.loadbalancer.ManualTarget;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What creating and changing make of a target group. */
public final class TargetGroupChanges {
  private static final String DELAY = "deregistration_delay.timeout_seconds";
  private static final Set<String> HTTP = Set.of("HTTP", "HTTPS");

  private TargetGroupChanges() {}

  /**
   * A new target group with ELBv2's defaults where nothing was asked.
   *
   * @param vpcId the default VPC, unless the request names one
   */
  public static TargetGroup created(
      TargetGroupRequest request, String arn, String vpcId, Instant now, Violations found) {
    String protocol = or(request.protocol(), "HTTP");
    String type = or(request.targetType(), "instance");
    boolean http = HTTP.contains(protocol);
    String version = http ? or(request.protocolVersion(), "HTTP1") : null;
    Map<String, String> attributes =
        LoadBalancingAttributes.ofTargetGroup(protocol, type)
            .changed(Map.of(), asked(request), found);
    return new TargetGroup(
        new TargetGroupDesired(
            request.name(),
            arn,
            protocol,
            request.port() == null ? 80 : request.port(),
            check(standardCheck(http, version, request.healthCheckProtocol()), request),
            delay(attributes),
            List.of(),
            type,
            version,
            or(request.ipAddressType(), "ipv4"),
            or(request.vpcId(), vpcId),
            attributes),
        type,
        now);
  }

  private static TargetGroupHealthCheck standardCheck(
      boolean http, String version, String checkedBy) {
    if (!http) {
      // CreateTargetGroup: 6 seconds for checks by HTTP, 10 for those by TCP and HTTPS.
      int timeout = "HTTP".equals(checkedBy) ? 6 : 10;
      return new TargetGroupHealthCheck(
          true, "TCP", "traffic-port", null, 30, timeout, 5, 2, null, null);
    }
    return "GRPC".equals(version)
        ? new TargetGroupHealthCheck(
            true, "HTTP", "traffic-port", "/AWS.ALB/healthcheck", 30, 5, 5, 2, null, "12")
        : new TargetGroupHealthCheck(true, "HTTP", "traffic-port", "/", 30, 5, 5, 2, "200", null);
  }

  /** A changed target group: its checks and its attributes. */
  public static TargetGroup updated(
      TargetGroup group, TargetGroupRequest request, Violations found) {
    TargetGroupDesired old = group.desired();
    TargetGroupHealthCheck check = check(old.healthCheck(), request);
    return attributes(
        group.with(copy(old, check, old.targets(), old.attributes())), asked(request), found);
  }

  /** A target group with other attributes. */
  public static TargetGroup attributes(
      TargetGroup group, Map<String, String> changes, Violations found) {
    TargetGroupDesired old = group.desired();
    Map<String, String> present = new HashMap<>(old.attributes());
    // Groups of before there were attributes have the delay alone.
    present.putIfAbsent(DELAY, String.valueOf(old.deregistrationDelaySeconds()));
    return group.with(
        copy(
            old,
            old.healthCheck(),
            old.targets(),
            LoadBalancingAttributes.ofTargetGroup(old).changed(present, changes, found)));
  }

  /** A group with more targets by hand. */
  public static TargetGroup registered(TargetGroup group, List<ManualTarget> targets) {
    Map<String, ManualTarget> byId = byId(group);
    targets.forEach(target -> byId.put(target.id(), target));
    return with(group, byId);
  }

  /** A group with fewer targets by hand; without a port, all of that address. */
  public static TargetGroup deregistered(TargetGroup group, List<TargetDescription> targets) {
    Map<String, ManualTarget> byId = byId(group);
    targets.forEach(
        target ->
            byId.values()
                .removeIf(
                    manual ->
                        named(manual).equals(target.id())
                            && (target.port() == null || manual.port() == target.port())));
    return with(group, byId);
  }

  /** What a target was registered as. */
  public static String named(ManualTarget manual) {
    return manual.instanceId() == null ? manual.host() : manual.instanceId();
  }

  /**
   * A target by hand.
   *
   * @param host the address behind the id
   */
  public static ManualTarget manual(TargetGroup group, TargetDescription target, String host) {
    int port = target.port() == null ? group.desired().port() : target.port();
    return new ManualTarget(
        target.id() + ":" + port,
        host,
        port,
        target.availabilityZone(),
        host.equals(target.id()) ? null : target.id());
  }

  private static Map<String, ManualTarget> byId(TargetGroup group) {
    Map<String, ManualTarget> byId = new LinkedHashMap<>();
    group.desired().targets().forEach(target -> byId.put(target.id(), target));
    return byId;
  }

  private static TargetGroup with(TargetGroup group, Map<String, ManualTarget> targets) {
    TargetGroupDesired old = group.desired();
    return group.with(
        copy(old, old.healthCheck(), List.copyOf(targets.values()), old.attributes()));
  }

  private static TargetGroupDesired copy(
      TargetGroupDesired old,
      TargetGroupHealthCheck check,
      List<ManualTarget> targets,
      Map<String, String> attributes) {
    return new TargetGroupDesired(
        old.targetGroupName(),
        old.targetGroupArn(),
        old.protocol(),
        old.port(),
        check,
        attributes.containsKey(DELAY) ? delay(attributes) : old.deregistrationDelaySeconds(),
        targets,
        old.targetType(),
        old.protocolVersion(),
        old.ipAddressType(),
        old.vpcId(),
        attributes);
  }

  private static Map<String, String> asked(TargetGroupRequest request) {
    Map<String, String> asked =
        new HashMap<>(request.attributes() == null ? Map.of() : request.attributes());
    if (request.deregistrationDelaySeconds() != null) {
      asked.put(DELAY, String.valueOf(request.deregistrationDelaySeconds()));
    }
    return asked;
  }

  private static int delay(Map<String, String> attributes) {
    String text = attributes.get(DELAY);
    // What isn't a number was noted as wrong: the group is never stored.
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }

  private static TargetGroupHealthCheck check(
      TargetGroupHealthCheck base, TargetGroupRequest asked) {
    String protocol = or(asked.healthCheckProtocol(), base.protocol());
    boolean tcp = protocol.equals("TCP");
    boolean grpc =
        asked.matcher() == null ? base.grpcCode() != null : asked.matcher().grpcCode() != null;
    String codes = asked.matcher() == null ? base.matcher() : asked.matcher().httpCode();
    return new TargetGroupHealthCheck(
        or(asked.healthCheckEnabled(), base.enabled()),
        protocol,
        or(asked.healthCheckPort(), base.port()),
        tcp ? null : or(asked.healthCheckPath(), or(base.path(), "/")),
        or(asked.healthCheckIntervalSeconds(), base.intervalSeconds()),
        or(asked.healthCheckTimeoutSeconds(), base.timeoutSeconds()),
        or(asked.healthyThresholdCount(), base.healthyThreshold()),
        or(asked.unhealthyThresholdCount(), base.unhealthyThreshold()),
        // Where connecting is not enough, a network load balancer takes any success.
        tcp || grpc ? null : or(codes, or(base.matcher(), "200-399")),
        !grpc ? null : asked.matcher() == null ? base.grpcCode() : asked.matcher().grpcCode());
  }

  private static <T> T or(T asked, T otherwise) {
    return asked == null ? otherwise : asked;
  }
}
