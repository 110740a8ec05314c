package dev.berth.lb.domain;

import java.time.Duration;
import java.util.Map;

/**
 * A target group's attributes (ELBv2: TargetGroupAttribute).
 *
 * @param slowStart how long a target that has become healthy takes to get its full share; zero for
 *     none
 * @param crossZone whether targets of all zones are used; null when the load balancer says
 * @param minimumHealthyCount with fewer healthy targets, all take traffic
 * @param minimumHealthyPercent with fewer healthy targets of a hundred, all take traffic; 0 for off
 * @param terminateWhenDrained whether connections are closed when the deregistration delay is over
 * @param terminateWhenUnhealthy whether connections of a target that turns unhealthy are closed
 * @param avoidAnomalies whether targets that fail more than the others get less (weighted random)
 */
public record TargetGroupSettings(
    Algorithm algorithm,
    boolean avoidAnomalies,
    Duration slowStart,
    Stickiness stickiness,
    Boolean crossZone,
    int minimumHealthyCount,
    int minimumHealthyPercent,
    boolean terminateWhenDrained,
    boolean terminateWhenUnhealthy,
    boolean preserveClientIp,
    boolean proxyProtocol) {
  /** ELBv2: load_balancing.algorithm.type. */
  public enum Algorithm {
    ROUND_ROBIN,
    LEAST_OUTSTANDING_REQUESTS,
    WEIGHTED_RANDOM
  }

  /** ELBv2's defaults. */
  public static final TargetGroupSettings DEFAULT = of(Map.of());

  private static final int A_DAY = 86_400;

  /** Reads a group's attributes. */
  public static TargetGroupSettings of(Map<String, String> attributes) {
    Attributes read = new Attributes(attributes);
    return new TargetGroupSettings(
        algorithm(read.text("load_balancing.algorithm.type", "round_robin")),
        read.text("load_balancing.algorithm.anomaly_mitigation", "off").equals("on"),
        read.seconds("slow_start.duration_seconds", 0),
        stickiness(read),
        switch (read.text("load_balancing.cross_zone.enabled", "use_load_balancer_configuration")) {
          case "true" -> true;
          case "false" -> false;
          default -> null;
        },
        read.number("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", 1),
        read.number(
            "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", 0),
        read.flag("deregistration_delay.connection_termination.enabled", false),
        read.flag("target_health_state.unhealthy.connection_termination.enabled", true),
        read.flag("preserve_client_ip.enabled", false),
        read.flag("proxy_protocol_v2.enabled", false));
  }

  private static Algorithm algorithm(String name) {
    return switch (name) {
      case "least_outstanding_requests" -> Algorithm.LEAST_OUTSTANDING_REQUESTS;
      case "weighted_random" -> Algorithm.WEIGHTED_RANDOM;
      default -> Algorithm.ROUND_ROBIN;
    };
  }

  private static Stickiness stickiness(Attributes read) {
    if (!read.flag("stickiness.enabled", false)) {
      return Stickiness.NONE;
    }
    return switch (read.text("stickiness.type", "lb_cookie")) {
      case "lb_cookie" ->
          new Stickiness(
              Stickiness.Type.LB_COOKIE,
              read.seconds("stickiness.lb_cookie.duration_seconds", A_DAY),
              null);
      case "app_cookie" ->
          new Stickiness(
              Stickiness.Type.APP_COOKIE,
              read.seconds("stickiness.app_cookie.duration_seconds", A_DAY),
              read.text("stickiness.app_cookie.cookie_name", ""));
      default -> new Stickiness(Stickiness.Type.SOURCE_IP, Duration.ZERO, null);
    };
  }
}
