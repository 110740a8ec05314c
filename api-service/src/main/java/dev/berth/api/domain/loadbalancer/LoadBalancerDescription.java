package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.ListenerState;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerStatus;
import dev.berth.contracts.loadbalancer.TargetStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A load balancer as the API shows it (ELBv2: LoadBalancer).
 *
 * @param canonicalHostedZoneId of no zone of Route 53: there is none
 */
public record LoadBalancerDescription(
    String loadBalancerArn,
    String loadBalancerName,
    String dnsName,
    String canonicalHostedZoneId,
    String type,
    String scheme,
    String vpcId,
    LoadBalancerState state,
    List<Zone> availabilityZones,
    List<String> securityGroups,
    String ipAddressType,
    String enablePrefixForIpv6SourceNat,
    Instant createdTime) {

  /**
   * A load balancer's state (ELBv2: LoadBalancerState): active at once, and active_impaired while
   * listeners of it take no connections.
   *
   * @param reason which listeners these are, and why, in a sentence each
   */
  public record LoadBalancerState(String code, String reason) {
    static LoadBalancerState of(LoadBalancerDesired balancer, List<LoadBalancerStatus> seen) {
      long newest = seen.stream().mapToLong(LoadBalancerStatus::version).max().orElse(0);
      Set<String> present =
          balancer.listeners().stream()
              .map(ListenerDesired::listenerArn)
              .collect(Collectors.toSet());
      String reason =
          seen.stream()
              .filter(status -> !TargetStatus.isOutdated(status.version(), newest))
              .flatMap(
                  status ->
                      status.listeners().stream()
                          .filter(listener -> listener.state() == ListenerState.FAILED)
                          .filter(listener -> present.contains(listener.listenerArn()))
                          .map(
                              listener ->
                                  "On %s listener %s, port %d: %s."
                                      .formatted(
                                          status.lbInstanceId(),
                                          listener.listenerArn(),
                                          listener.port(),
                                          listener.reason())))
              .collect(Collectors.joining(" "));
      return reason.isEmpty()
          ? new LoadBalancerState("active", null)
          : new LoadBalancerState("active_impaired", reason);
    }
  }

  /** ELBv2: AvailabilityZone. */
  public record Zone(String zoneName, String subnetId) {}

  /** One of which nobody has told how it is served. */
  public static LoadBalancerDescription of(LoadBalancerDesired balancer) {
    return of(balancer, List.of());
  }

  /**
   * What is wanted, and how it is served.
   *
   * @param seen the newest word of each lb-service
   */
  public static LoadBalancerDescription of(
      LoadBalancerDesired balancer, List<LoadBalancerStatus> seen) {
    return new LoadBalancerDescription(
        balancer.loadBalancerArn(),
        balancer.loadBalancerName(),
        balancer.dnsName(),
        "ZBERTHLOCALHOST",
        balancer.type(),
        balancer.scheme(),
        balancer.vpcId(),
        LoadBalancerState.of(balancer, seen),
        balancer.availabilityZones().stream()
            .map(zone -> new Zone(zone.zoneName(), zone.subnetId()))
            .toList(),
        balancer.securityGroups(),
        balancer.ipAddressType(),
        "network".equals(balancer.type()) ? "off" : null,
        balancer.createdAt());
  }
}
