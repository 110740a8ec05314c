package dev.berth.lb.domain;

import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads a target group's record into the balancer's words. */
final class TargetGroupReading {
  private TargetGroupReading() {}

  /**
   * Reads a group.
   *
   * @param problems hears of what ELB's defaults stand in for
   * @throws IllegalArgumentException if it has something that no group can have
   */
  static TargetGroup read(
      LoadBalancerDesired balancer, TargetGroupDesired desired, Consumer<String> problems) {
    Map<String, String> attributes = new TreeMap<>(desired.attributes());
    // What the group leaves to its load balancer is settled here.
    if (!"true".equals(attributes.get(CROSS_ZONE)) && !"false".equals(attributes.get(CROSS_ZONE))) {
      LoadBalancerSettings settings =
          LoadBalancerSettings.of(balancer.type(), balancer.attributes());
      attributes.put(CROSS_ZONE, Boolean.toString(settings.crossZone()));
    }
    return new TargetGroup(
        desired.targetGroupArn(),
        desired.targetGroupName(),
        healthCheck(desired, problems),
        Duration.ofSeconds(Math.max(0, desired.deregistrationDelaySeconds())),
        ListenerReading.protocol(desired.protocol()),
        version(desired),
        TargetGroupSettings.of(attributes));
  }

  private static final String CROSS_ZONE = "load_balancing.cross_zone.enabled";

  private static ProtocolVersion version(TargetGroupDesired group) {
    String version = group.protocolVersion();
    return version == null || version.isBlank()
        ? ProtocolVersion.HTTP1
        : ProtocolVersion.valueOf(version.strip().toUpperCase(Locale.ROOT));
  }

  private static HealthCheck healthCheck(TargetGroupDesired group, Consumer<String> problems) {
    TargetGroupHealthCheck desired = group.healthCheck();
    if (desired == null) {
      return HealthCheck.DEFAULT;
    }
    try {
      ProtocolVersion version = version(group);
      return new HealthCheck(
          desired.enabled(),
          kind(desired.protocol(), group.protocol()),
          port(desired.port()),
          path(desired.path(), version),
          seconds(desired.intervalSeconds(), HealthCheck.DEFAULT.interval()),
          seconds(desired.timeoutSeconds(), HealthCheck.DEFAULT.timeout()),
          positive(desired.healthyThreshold(), HealthCheck.DEFAULT.healthyThreshold()),
          positive(desired.unhealthyThreshold(), HealthCheck.DEFAULT.unhealthyThreshold()),
          version == ProtocolVersion.GRPC
              ? StatusCodeMatcher.parseGrpc(desired.grpcCode())
              : StatusCodeMatcher.parse(desired.matcher()),
          version);
    } catch (IllegalArgumentException e) {
      problems.accept(
          "Health check of %s: %s; ELB's defaults hold instead"
              .formatted(group.targetGroupArn(), e.getMessage()));
      return HealthCheck.DEFAULT;
    }
  }

  private static HealthCheck.Kind kind(String protocol, String ofGroup) {
    if (protocol == null || protocol.isBlank()) {
      return ListenerReading.protocol(ofGroup).isHttp()
          ? HealthCheck.Kind.HTTP
          : HealthCheck.Kind.TCP;
    }
    return HealthCheck.Kind.valueOf(protocol.strip().toUpperCase(Locale.ROOT));
  }

  private static int port(String port) {
    if (port == null || port.isBlank() || port.equals("traffic-port")) {
      return 0;
    }
    int number = Integer.parseInt(port.strip());
    if (number < 1 || number > 65535) {
      throw new IllegalArgumentException("port " + number + " is not from 1 to 65535");
    }
    return number;
  }

  private static String path(String path, ProtocolVersion version) {
    if (path == null || path.isEmpty()) {
      return version == ProtocolVersion.GRPC ? "/AWS.ALB/healthcheck" : HealthCheck.DEFAULT.path();
    }
    return path;
  }

  private static Duration seconds(double seconds, Duration absent) {
    // A record without the member reads as 0.
    return seconds == 0 ? absent : Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static int positive(int count, int absent) {
    return count == 0 ? absent : count;
  }
}
