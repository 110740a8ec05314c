package dev.berth.lb.domain;

import java.time.Duration;
import java.util.Map;

/**
 * A load balancer's attributes (ELBv2: LoadBalancerAttribute).
 *
 * @param idle silence of a connection under way after which it is given up; null when nobody says
 * @param clientKeepAlive after which a client's connection is closed with its next answer
 * @param clientPort whether X-Forwarded-For has the client's port, too
 * @param accessLog where the access log goes, below the instance's folder of logs; null for nowhere
 */
public record LoadBalancerSettings(
    Duration idle,
    Duration clientKeepAlive,
    boolean http2,
    boolean dropInvalidHeaders,
    boolean preserveHost,
    ForwardedFor forwardedFor,
    boolean clientPort,
    boolean tlsHeaders,
    Desync desync,
    boolean crossZone,
    String accessLog) {
  /** ELBv2: routing.http.xff_header_processing.mode. */
  public enum ForwardedFor {
    APPEND,
    PRESERVE,
    REMOVE
  }

  /** ELBv2: routing.http.desync_mitigation_mode. */
  public enum Desync {
    MONITOR,
    DEFENSIVE,
    STRICTEST
  }

  /** ELBv2's defaults. */
  public static final LoadBalancerSettings DEFAULT = of("application", Map.of());

  /** Reads a load balancer's attributes. */
  public static LoadBalancerSettings of(String type, Map<String, String> attributes) {
    Attributes read = new Attributes(attributes);
    boolean network = "network".equals(type);
    int idle = read.number("idle_timeout.timeout_seconds", 0);
    return new LoadBalancerSettings(
        idle == 0 ? null : Duration.ofSeconds(idle),
        read.seconds("client_keep_alive.seconds", 3600),
        read.flag("routing.http2.enabled", true),
        read.flag("routing.http.drop_invalid_header_fields.enabled", false),
        read.flag("routing.http.preserve_host_header.enabled", false),
        switch (read.text("routing.http.xff_header_processing.mode", "append")) {
          case "preserve" -> ForwardedFor.PRESERVE;
          case "remove" -> ForwardedFor.REMOVE;
          default -> ForwardedFor.APPEND;
        },
        read.flag("routing.http.xff_client_port.enabled", false),
        read.flag("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", false),
        switch (read.text("routing.http.desync_mitigation_mode", "defensive")) {
          case "monitor" -> Desync.MONITOR;
          case "strictest" -> Desync.STRICTEST;
          default -> Desync.DEFENSIVE;
        },
        read.flag("load_balancing.cross_zone.enabled", !network),
        accessLog(read));
  }

  private static String accessLog(Attributes read) {
    if (!read.flag("access_logs.s3.enabled", false)) {
      return null;
    }
    String bucket = read.text("access_logs.s3.bucket", "access-logs");
    String prefix = read.text("access_logs.s3.prefix", "");
    return prefix.isEmpty() ? bucket : bucket + "/" + prefix;
  }
}
