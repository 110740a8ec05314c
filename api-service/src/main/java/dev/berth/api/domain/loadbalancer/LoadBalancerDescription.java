package dev.berth.api.domain.loadbalancer;

import java.time.Instant;

/** A load balancer as the API shows it (ELBv2: LoadBalancer). */
public record LoadBalancerDescription(
    String loadBalancerArn,
    String loadBalancerName,
    String dnsName,
    String type,
    String scheme,
    LoadBalancerState state,
    Instant createdTime) {

  /** A load balancer's state; always active, as its listeners open at once. */
  public record LoadBalancerState(String code) {}

  public static LoadBalancerDescription of(LoadBalancer balancer) {
    return new LoadBalancerDescription(
        balancer.arn(),
        balancer.name(),
        balancer.dnsName(),
        "application",
        "internal",
        new LoadBalancerState("active"),
        balancer.createdAt());
  }
}
