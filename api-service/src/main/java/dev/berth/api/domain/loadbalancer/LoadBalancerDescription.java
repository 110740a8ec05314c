package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import java.time.Instant;
import java.util.List;

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

  /** A load balancer's state; always active, as its listeners open at once. */
  public record LoadBalancerState(String code) {}

  /** ELBv2: AvailabilityZone. */
  public record Zone(String zoneName, String subnetId) {}

  public static LoadBalancerDescription of(LoadBalancerDesired balancer) {
    return new LoadBalancerDescription(
        balancer.loadBalancerArn(),
        balancer.loadBalancerName(),
        balancer.dnsName(),
        "ZBERTHLOCALHOST",
        balancer.type(),
        balancer.scheme(),
        balancer.vpcId(),
        new LoadBalancerState("active"),
        balancer.availabilityZones().stream()
            .map(zone -> new Zone(zone.zoneName(), zone.subnetId()))
            .toList(),
        balancer.securityGroups(),
        balancer.ipAddressType(),
        "network".equals(balancer.type()) ? "off" : null,
        balancer.createdAt());
  }
}
