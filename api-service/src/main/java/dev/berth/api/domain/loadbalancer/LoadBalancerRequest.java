package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.taskdef.Tag;
import java.util.List;
import java.util.Map;

/**
 * A load balancer to create (ELBv2: CreateLoadBalancer).
 *
 * @param type {@code application} (the default) or {@code network}
 * @param scheme {@code internet-facing} (the default) or {@code internal}
 * @param attributes by ELBv2's names, as ModifyLoadBalancerAttributes takes them: a convenience of
 *     Berth's REST API
 * @param ipamPools refused: Berth has no address pools
 */
public record LoadBalancerRequest(
    String name,
    String type,
    String scheme,
    List<String> subnets,
    List<SubnetMapping> subnetMappings,
    List<String> securityGroups,
    String ipAddressType,
    String customerOwnedIpv4Pool,
    String enablePrefixForIpv6SourceNat,
    List<Tag> tags,
    Map<String, String> attributes,
    Map<String, Object> ipamPools) {

  /** ELBv2: SubnetMapping. Addresses can't be chosen: the load balancer listens on its host's. */
  public record SubnetMapping(
      String subnetId,
      String allocationId,
      String privateIPv4Address,
      String iPv6Address,
      String sourceNatIpv6Prefix) {}
}
