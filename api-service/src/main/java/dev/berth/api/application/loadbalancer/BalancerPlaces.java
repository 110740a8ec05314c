package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.network.ReadNetwork;
import dev.berth.api.domain.network.Network;
import dev.berth.api.domain.network.NetworkResource.Subnet;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.loadbalancer.LoadBalancerZone;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where a load balancer is in the network, as far as its subnets and security groups say. */
@ApplicationScoped
class BalancerPlaces {
  private final ReadNetwork network;

  BalancerPlaces(ReadNetwork network) {
    this.network = network;
  }

  /** A place in the network. */
  record Place(String vpcId, List<LoadBalancerZone> zones, List<String> securityGroups) {}

  /**
   * The place that subnets and security groups make.
   *
   * @param subnets none means those of the default VPC
   * @param groups null means the VPC's default group where the type has groups
   */
  Uni<Place> of(List<String> subnets, List<String> groups, boolean application) {
    return network.network().map(known -> place(known, subnets, groups, application));
  }

  private static Place place(
      Network network, List<String> subnets, List<String> groups, boolean application) {
    List<Subnet> found =
        subnets.isEmpty()
            ? network.subnets().stream().filter(Subnet::isDefault).toList()
            : subnets.stream().map(id -> subnet(network, id)).toList();
    Set<String> zones = new HashSet<>();
    for (Subnet subnet : found) {
      if (!zones.add(subnet.availabilityZone())) {
        throw ProblemException.conflict(
            "InvalidConfigurationRequestException",
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
      }
      if (!subnet.vpcId().equals(found.get(0).vpcId())) {
        throw ProblemException.conflict(
            "InvalidConfigurationRequestException", "The subnets are not all of one VPC");
      }
    }
    String vpc = found.get(0).vpcId();
    List<String> secured = new ArrayList<>();
    if (groups != null && !groups.isEmpty()) {
      for (String group : groups) {
        if (network.securityGroups().stream().noneMatch(one -> one.id().equals(group))) {
          throw ProblemException.notFound(
              "InvalidSecurityGroupException", "The security group '" + group + "' does not exist");
        }
        secured.add(group);
      }
    } else if (application) {
      network.defaultSecurityGroup(vpc).ifPresent(group -> secured.add(group.id()));
    }
    return new Place(
        vpc,
        found.stream()
            .map(subnet -> new LoadBalancerZone(subnet.availabilityZone(), subnet.id()))
            .sorted(Comparator.comparing(LoadBalancerZone::zoneName))
            .toList(),
        secured);
  }

  private static Subnet subnet(Network network, String id) {
    return network.subnets().stream()
        .filter(subnet -> subnet.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.notFound(
                    "SubnetNotFoundException", "The subnet ID '" + id + "' does not exist"));
  }
}
