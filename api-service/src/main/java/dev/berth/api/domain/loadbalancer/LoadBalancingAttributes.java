package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import java.util.Set;

/** Which attributes load balancers, target groups and listeners have, by their kind. */
public final class LoadBalancingAttributes {
  private static final Set<String> HTTP = Set.of("HTTP", "HTTPS");

  private static final AttributeTable APPLICATION =
      shared(new AttributeTable())
          .flag("load_balancing.cross_zone.enabled", true)
          .number("idle_timeout.timeout_seconds", 60, 1, 4000)
          .number("client_keep_alive.seconds", 3600, 60, 604_800)
          .flag("connection_logs.s3.enabled", false)
          .text("connection_logs.s3.bucket")
          .text("connection_logs.s3.prefix")
          .flag("health_check_logs.s3.enabled", false)
          .text("health_check_logs.s3.bucket")
          .text("health_check_logs.s3.prefix")
          .oneOf(
              "routing.http.desync_mitigation_mode",
              "defensive",
              "monitor",
              "defensive",
              "strictest")
          .flag("routing.http.drop_invalid_header_fields.enabled", false)
          .flag("routing.http.preserve_host_header.enabled", false)
          .flag("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", false)
          .flag("routing.http.xff_client_port.enabled", false)
          .oneOf(
              "routing.http.xff_header_processing.mode", "append", "append", "preserve", "remove")
          .flag("routing.http2.enabled", true)
          .flag("waf.fail_open.enabled", false);

  private static final AttributeTable NETWORK =
      shared(new AttributeTable())
          .flag("load_balancing.cross_zone.enabled", false)
          .oneOf(
              "dns_record.client_routing_policy",
              "any_availability_zone",
              "any_availability_zone",
              "availability_zone_affinity",
              "partial_availability_zone_affinity")
          .number("secondary_ips.auto_assigned.per_subnet", 0, 0, 7);

  private static final AttributeTable HTTP_LISTENER = httpListener(new AttributeTable());

  private static final AttributeTable HTTPS_LISTENER =
      httpListener(new AttributeTable())
          .text("routing.http.request.x_amzn_tls_version.header_name")
          .text("routing.http.request.x_amzn_tls_cipher_suite.header_name")
          .text("routing.http.request.x_amzn_mtls_clientcert.header_name")
          .text("routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name")
          .text("routing.http.request.x_amzn_mtls_clientcert_issuer.header_name")
          .text("routing.http.request.x_amzn_mtls_clientcert_subject.header_name")
          .text("routing.http.request.x_amzn_mtls_clientcert_validity.header_name")
          .text("routing.http.request.x_amzn_mtls_clientcert_leaf.header_name");

  private static final AttributeTable TCP_LISTENER =
      new AttributeTable().number("tcp.idle_timeout.seconds", 350, 60, 6000);

  private static final AttributeTable NO_ATTRIBUTES = new AttributeTable();

  private LoadBalancingAttributes() {}

  /**
   * A load balancer's.
   *
   * @param type {@code application} or {@code network}
   */
  public static AttributeTable ofLoadBalancer(String type) {
    return "network".equals(type) ? NETWORK : APPLICATION;
  }

  /** A listener's, by its protocol. */
  public static AttributeTable ofListener(String protocol) {
    return switch (protocol) {
      case "HTTP" -> HTTP_LISTENER;
      case "HTTPS" -> HTTPS_LISTENER;
      case "TCP", "TCP_UDP" -> TCP_LISTENER;
      default -> NO_ATTRIBUTES;
    };
  }

  /** A target group's, by its protocol and target type. */
  public static AttributeTable ofTargetGroup(TargetGroupDesired group) {
    return ofTargetGroup(group.protocol(), group.targetType());
  }

  static AttributeTable ofTargetGroup(String protocol, String targetType) {
    AttributeTable table =
        new AttributeTable()
            .number("deregistration_delay.timeout_seconds", 300, 0, 3600)
            .flag("stickiness.enabled", false)
            .oneOf(
                "load_balancing.cross_zone.enabled",
                "use_load_balancer_configuration",
                "true",
                "false",
                "use_load_balancer_configuration")
            .number("target_group_health.dns_failover.minimum_healthy_targets.count", 1, 1, 1000)
            .numberOrOff(
                "target_group_health.dns_failover.minimum_healthy_targets.percentage",
                "off",
                1,
                100)
            .number(
                "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
                1,
                1,
                1000)
            .numberOrOff(
                "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
                "off",
                1,
                100);
    return HTTP.contains(protocol)
        ? table
            .oneOf("stickiness.type", "lb_cookie", "lb_cookie", "app_cookie")
            .number("stickiness.lb_cookie.duration_seconds", 86_400, 1, 604_800)
            .number("stickiness.app_cookie.duration_seconds", 86_400, 1, 604_800)
            .text("stickiness.app_cookie.cookie_name")
            .oneOf(
                "load_balancing.algorithm.type",
                "round_robin",
                "round_robin",
                "least_outstanding_requests",
                "weighted_random")
            .oneOf("load_balancing.algorithm.anomaly_mitigation", "off", "on", "off")
            .numberOrZero("slow_start.duration_seconds", 30, 900)
        : table
            .oneOf("stickiness.type", "source_ip", "source_ip")
            .flag("proxy_protocol_v2.enabled", false)
            .flag(
                "preserve_client_ip.enabled", protocol.contains("UDP") || !"ip".equals(targetType))
            .flag("deregistration_delay.connection_termination.enabled", false)
            .flag("target_health_state.unhealthy.connection_termination.enabled", true)
            .number("target_health_state.unhealthy.draining_interval_seconds", 0, 0, 360_000);
  }

  private static AttributeTable shared(AttributeTable table) {
    return table
        .flag("access_logs.s3.enabled", false)
        .text("access_logs.s3.bucket")
        .text("access_logs.s3.prefix")
        .flag("deletion_protection.enabled", false)
        .flag("ipv6.deny_all_igw_traffic", false)
        .flag("zonal_shift.config.enabled", false);
  }

  private static AttributeTable httpListener(AttributeTable table) {
    return table
        .flag("routing.http.response.server.enabled", true)
        .text("routing.http.response.strict_transport_security.header_value")
        .text("routing.http.response.access_control_allow_origin.header_value")
        .text("routing.http.response.access_control_allow_methods.header_value")
        .text("routing.http.response.access_control_allow_headers.header_value")
        .text("routing.http.response.access_control_allow_credentials.header_value")
        .text("routing.http.response.access_control_expose_headers.header_value")
        .text("routing.http.response.access_control_max_age.header_value")
        .text("routing.http.response.content_security_policy.header_value")
        .text("routing.http.response.x_content_type_options.header_value")
        .text("routing.http.response.x_frame_options.header_value");
  }
}
