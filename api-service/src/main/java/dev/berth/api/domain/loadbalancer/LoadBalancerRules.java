package dev.berth.api.domain.loadbalancer;

import dev.berth.api.domain.problem.FieldError;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.taskdef.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ELBv2's rules for load balancers. */
public final class LoadBalancerRules {
  private static final Set<String> ADDRESS_TYPES =
      Set.of("ipv4", "dualstack", "dualstack-without-public-ipv4");

  private LoadBalancerRules() {}

  /** What is wrong with a load balancer to create. */
  public static Violations check(LoadBalancerRequest request) {
    Violations found = new Violations();
    TargetGroupRules.name("name", request.name(), found);
    found.require(
        request.name() == null || !request.name().startsWith("internal-"),
        "name",
        "must not begin with internal-");
    if ("gateway".equals(request.type())) {
      found.add("type", "'gateway' isn't offered: Berth has no appliances to send packets through");
    } else {
      found.oneOf("type", request.type(), Set.of("application", "network"));
    }
    found.oneOf("scheme", request.scheme(), Set.of("internet-facing", "internal"));
    addressType(request.ipAddressType(), found);
    found.require(
        request.subnets() == null
            || request.subnets().isEmpty()
            || request.subnetMappings() == null
            || request.subnetMappings().isEmpty(),
        "subnets",
        "can't stand beside subnetMappings");
    if (request.subnetMappings() != null) {
      for (int i = 0; i < request.subnetMappings().size(); i++) {
        mapping("subnetMappings[" + i + "]", request.subnetMappings().get(i), found);
      }
    }
    found.require(
        request.customerOwnedIpv4Pool() == null,
        "customerOwnedIpv4Pool",
        "isn't offered: Berth has no address pools");
    found.require(
        request.ipamPools() == null, "ipamPools", "isn't offered: Berth has no address pools");
    found.require(
        request.enablePrefixForIpv6SourceNat() == null
            || request.enablePrefixForIpv6SourceNat().equals("off"),
        "enablePrefixForIpv6SourceNat",
        "must be off");
    securityGroups(request.securityGroups(), found);
    uniqueKeys(request.tags());
    Tags.check("tags", request.tags(), found);
    return found;
  }

  /** Refuses tags with the same key, under ELBv2's own code. */
  public static void uniqueKeys(List<Tag> tags) {
    Set<String> keys = new HashSet<>();
    for (Tag tag : tags == null ? List.<Tag>of() : tags) {
      if (!keys.add(tag.key())) {
        throw ProblemException.invalid(
            "DuplicateTagKeysException",
            List.of(new FieldError("tags", "have the key '" + tag.key() + "' twice")));
      }
    }
  }

  /** Notes an address type that ELBv2 doesn't know. */
  public static void addressType(String type, Violations found) {
    found.oneOf("ipAddressType", type, ADDRESS_TYPES);
  }

  /** Notes too many security groups. */
  public static void securityGroups(List<String> groups, Violations found) {
    found.atMost("securityGroups", groups, 5);
  }

  /** Notes what can't be chosen of a subnet: the load balancer listens on its host's addresses. */
  public static void mapping(
      String at, LoadBalancerRequest.SubnetMapping mapping, Violations found) {
    found.present(at + ".subnetId", mapping.subnetId());
    found.require(
        mapping.allocationId() == null
            && mapping.privateIPv4Address() == null
            && mapping.iPv6Address() == null,
        at,
        "can't choose addresses: the load balancer listens on the addresses of its own machine");
  }

  /** The subnets that a request names, in either way. */
  public static List<String> subnets(
      List<String> subnets, List<LoadBalancerRequest.SubnetMapping> mappings) {
    List<String> named = new ArrayList<>(subnets == null ? List.of() : subnets);
    if (mappings != null) {
      mappings.stream().map(LoadBalancerRequest.SubnetMapping::subnetId).forEach(named::add);
    }
    return named;
  }
}
