package dev.berth.api.domain.loadbalancer;

import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** ELBv2's rules for names, target groups, listeners and targets. */
public final class TargetGroupRules {
  private static final Pattern NAME =
      Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?");
  private static final Pattern CODES =
      Pattern.compile("[1-5]\\d\\d(?:-[1-5]\\d\\d)?(?:,[1-5]\\d\\d(?:-[1-5]\\d\\d)?)*");
  private static final Pattern GRPC_CODES =
      Pattern.compile("\\d{1,2}(?:-\\d{1,2})?(?:,\\d{1,2}(?:-\\d{1,2})?)*");
  private static final Set<String> PROTOCOLS =
      Set.of("HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP");
  private static final Pattern HOST =
      Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,252}[a-zA-Z0-9])?|\\[?[0-9a-fA-F:]{2,39}]?");
  private static final Pattern FORBIDDEN_HOST =
      Pattern.compile(
          "localhost|.*\\.localhost|127\\..*|0\\..*|169\\.254\\..*|\\[?(::1|::|::ffff:.*|fe80:.*)]?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DIGITS_ONLY = Pattern.compile("[0-9.]+");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)");

  private TargetGroupRules() {}

  /** Checks the name of a load balancer or target group: up to 32 letters, digits, hyphens. */
  public static void name(String field, String name, Violations violations) {
    if (violations.present(field, name)) {
      violations.require(
          NAME.matcher(name).matches(),
          field,
          "must be 1 to 32 letters, digits and hyphens, with no hyphen first or last");
    }
  }

  /** What is wrong with a request to create or change a target group. */
  public static Violations check(TargetGroupRequest request) {
    Violations violations = new Violations();
    violations.oneOf("protocol", request.protocol(), PROTOCOLS);
    violations.range("port", request.port(), 1, 65535);
    if ("lambda".equals(request.targetType()) || "alb".equals(request.targetType())) {
      violations.add(
          "targetType",
          "'"
              + request.targetType()
              + "' isn't offered: targets are container instances and addresses");
    } else {
      violations.oneOf("targetType", request.targetType(), Set.of("instance", "ip"));
    }
    violations.oneOf(
        "protocolVersion", request.protocolVersion(), Set.of("HTTP1", "HTTP2", "GRPC"));
    violations.require(
        request.protocolVersion() == null
            || request.protocol() == null
            || request.protocol().startsWith("HTTP"),
        "protocolVersion",
        "can't stand with protocol " + request.protocol());
    violations.oneOf("ipAddressType", request.ipAddressType(), Set.of("ipv4", "ipv6"));
    violations.oneOf(
        "healthCheckProtocol", request.healthCheckProtocol(), Set.of("HTTP", "HTTPS", "TCP"));
    Tags.check("tags", request.tags(), violations);
    violations.require(
        request.targetControlPort() == null, "targetControlPort", "isn't offered: leave it out");
    if (request.healthCheckPath() != null) {
      violations.require(
          request.healthCheckPath().startsWith("/")
              && request.healthCheckPath().length() <= 1024
              && request.healthCheckPath().chars().allMatch(c -> c > ' ' && c < 127),
          "healthCheckPath",
          "must start with / and have up to 1024 printable characters without blanks");
    }
    String port = request.healthCheckPort();
    if (port != null && !"traffic-port".equals(port)) {
      violations.require(
          port.matches("[1-9]\\d{0,4}") && Integer.parseInt(port) <= 65535,
          "healthCheckPort",
          "must be traffic-port or 1 to 65535");
    }
    seconds("healthCheckIntervalSeconds", request.healthCheckIntervalSeconds(), 300, violations);
    seconds("healthCheckTimeoutSeconds", request.healthCheckTimeoutSeconds(), 120, violations);
    violations.range("healthyThresholdCount", request.healthyThresholdCount(), 1, 10);
    violations.range("unhealthyThresholdCount", request.unhealthyThresholdCount(), 1, 10);
    violations.range("deregistrationDelaySeconds", request.deregistrationDelaySeconds(), 0, 3600);
    if (request.matcher() != null) {
      String http = request.matcher().httpCode();
      String grpc = request.matcher().grpcCode();
      violations.require(
          (http == null) != (grpc == null), "matcher", "must have httpCode or grpcCode");
      violations.require(
          http == null || CODES.matcher(http).matches(),
          "matcher.httpCode",
          "must be HTTP codes and ranges such as 200 or 200-299,404");
      violations.require(
          grpc == null || GRPC_CODES.matcher(grpc).matches(),
          "matcher.grpcCode",
          "must be gRPC codes and ranges from 0 to 99 such as 12 or 0,2-5");
    }
    return violations;
  }

  /** Notes what doesn't fit together in a group as a whole. */
  public static void check(TargetGroupDesired group, Violations violations) {
    TargetGroupHealthCheck check = group.healthCheck();
    violations.require(
        check.timeoutSeconds() <= check.intervalSeconds(),
        "healthCheckTimeoutSeconds",
        "must not be more than the interval of " + check.intervalSeconds() + " seconds");
    boolean http = group.protocol().startsWith("HTTP");
    violations.require(
        !http || !check.protocol().equals("TCP"),
        "healthCheckProtocol",
        "must be HTTP or HTTPS for a target group of protocol " + group.protocol());
    violations.require(
        http || check.enabled(), "healthCheckEnabled", "must be true for a network load balancer");
    violations.require(
        "GRPC".equals(group.protocolVersion()) == (check.grpcCode() != null),
        "matcher",
        "must have grpcCode for protocol version GRPC, and httpCode for others");
  }

  /** What is wrong with targets to register or deregister by hand. */
  public static Violations check(List<TargetDescription> targets) {
    Violations violations = new Violations();
    violations.require(
        targets != null && !targets.isEmpty() && targets.size() <= 1000,
        "targets",
        "must be 1 to 1000 targets");
    for (int i = 0; targets != null && i < targets.size(); i++) {
      TargetDescription target = targets.get(i);
      String at = "targets[" + i + "]";
      violations.present(at + ".id", target.id());
      violations.range(at + ".port", target.port(), 1, 65535);
      violations.require(
          target.quicServerId() == null, at + ".quicServerId", "isn't offered: there is no QUIC");
    }
    return violations;
  }

  /** Notes an address that a target can't have. */
  public static void address(
      String at, String host, Integer port, ForbiddenTargets forbidden, Violations violations) {
    violations.require(
        HOST.matcher(host).matches()
            && (!DIGITS_ONLY.matcher(host).matches() || IPV4.matcher(host).matches()),
        at + ".id",
        "must be a host name or an IP address");
    violations.require(
        forbidden.allowLoopback() || !FORBIDDEN_HOST.matcher(host).matches(),
        at + ".id",
        "must not be a loopback or link-local address; the load balancer's owner can allow it");
    violations.require(
        !forbidden.hosts().contains(host),
        at + ".id",
        "is a part of Berth itself, which no target may be");
    boolean onThisMachine = FORBIDDEN_HOST.matcher(host).matches();
    violations.require(
        forbidden.allowLoopback()
            || onThisMachine
            || host.indexOf(':') >= 0
            || IPV4.matcher(host).matches(),
        at + ".id",
        "must be an IP address: a name could come to mean another one later; the load balancer's"
            + " owner can allow it");
    violations.require(
        port == null
            || !forbidden.ports().contains(port)
            || (forbidden.allowLoopback() && !onThisMachine),
        at + ".port",
        "must not be "
            + port
            + ", which is a port of Berth itself; the load balancer's owner can allow it");
  }

  private static void seconds(String field, Double value, double most, Violations violations) {
    // Below ELBv2's minimum on purpose: on machines of one's own quick checks cost nothing.
    violations.require(
        value == null || (value >= 0.1 && value <= most),
        field,
        "must be 0.1 to " + (int) most + " seconds");
  }
}
