package dev.berth.contracts.loadbalancer;

/**
 * How targets are checked (ELBv2: TargetGroup). Interval 5 to 300 seconds (30), timeout 2 to 120
 * (5), thresholds 2 to 10 (5 healthy, 2 unhealthy); {@code matcher} is a list of HTTP codes and
 * ranges such as {@code 200,300-399} (200). {@code port} is {@code traffic-port} or a number. Berth
 * also takes fractions of a second below ECS's minimum; see the glossary.
 *
 * @param protocol {@code HTTP}, {@code HTTPS} or {@code TCP}; with a target group of protocol
 *     version GRPC, HTTP and HTTPS check by gRPC and HTTP2 by HTTP/2
 * @param path for GRPC the method, such as {@code /AWS.ALB/healthcheck}
 * @param grpcCode gRPC status codes and ranges such as {@code 0,2-5} (12) instead of {@code
 *     matcher}
 */
public record TargetGroupHealthCheck(
    boolean enabled,
    String protocol,
    String port,
    String path,
    double intervalSeconds,
    double timeoutSeconds,
    int healthyThreshold,
    int unhealthyThreshold,
    String matcher,
    String grpcCode) {}
