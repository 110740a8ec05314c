package dev.berth.api.domain.loadbalancer;

import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ELBv2's rules for names, target groups, listeners and targets. */
public final class TargetGroupRules {
  private static final Pattern NAME =
      Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?");
  private static final Pattern CODES =
      Pattern.compile("[1-5]\\d\\d(?:-[1-5]\\d\\d)?(?:,[1-5]\\d\\d(?:-[1-5]\\d\\d)?)*");
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
    violations.oneOf("protocol", request.protocol(), Set.of("HTTP"));
    violations.range("port", request.port(), 1, 65535);
    violations.oneOf("targetType", request.targetType(), Set.of("instance", "ip"));
    violations.oneOf("healthCheckProtocol", request.healthCheckProtocol(), Set.of("HTTP"));
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
    if (request.matcher() != null
        && violations.present("matcher.httpCode", request.matcher().httpCode())) {
      violations.require(
          CODES.matcher(request.matcher().httpCode()).matches(),
          "matcher.httpCode",
          "must be HTTP codes and ranges such as 200 or 200-299,404");
    }
    return violations;
  }

  /** Notes when a check would take longer than the time between two of them. */
  public static void check(TargetGroupHealthCheck check, Violations violations) {
    violations.require(
        check.timeoutSeconds() <= check.intervalSeconds(),
        "healthCheckTimeoutSeconds",
        "must not be more than the interval of " + check.intervalSeconds() + " seconds");
  }

  /** What is wrong with targets to register by hand. */
  public static Violations check(List<TargetDescription> targets) {
    Violations violations = new Violations();
    violations.require(
        targets != null && !targets.isEmpty() && targets.size() <= 100,
        "targets",
        "must be 1 to 100 targets");
    for (int i = 0; targets != null && i < targets.size(); i++) {
      String at = "targets[" + i + "]";
      String host = targets.get(i).id();
      if (violations.present(at + ".id", host)) {
        Matcher forbidden = FORBIDDEN_HOST.matcher(host);
        violations.require(
            HOST.matcher(host).matches()
                && (!DIGITS_ONLY.matcher(host).matches() || IPV4.matcher(host).matches()),
            at + ".id",
            "must be a host name or an IP address");
        violations.require(
            !forbidden.matches(), at + ".id", "must not be a loopback or link-local address");
      }
      violations.range(at + ".port", targets.get(i).port(), 1, 65535);
    }
    return violations;
  }

  private static void seconds(String field, Double value, double most, Violations violations) {
    // Below ELBv2's minimum on purpose: on machines of one's own quick checks cost nothing.
    violations.require(
        value == null || (value >= 0.1 && value <= most),
        field,
        "must be 0.1 to " + (int) most + " seconds");
  }
}
