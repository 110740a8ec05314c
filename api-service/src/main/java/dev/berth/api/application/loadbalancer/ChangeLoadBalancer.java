package dev.berth.api.application.loadbalancer;

import dev.berth.api.domain.loadbalancer.LoadBalancerDescription;
import dev.berth.api.domain.loadbalancer.LoadBalancerEdits;
import dev.berth.api.domain.loadbalancer.LoadBalancerRules;
import dev.berth.api.domain.loadbalancer.LoadBalancingAttributes;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** ModifyLoadBalancerAttributes, SetIpAddressType, SetSecurityGroups, SetSubnets. */
@ApplicationScoped
public class ChangeLoadBalancer {
  private final LoadBalancerChanges changes;
  private final BalancerPlaces places;

  public ChangeLoadBalancer(LoadBalancerChanges changes, BalancerPlaces places) {
    this.changes = changes;
    this.places = places;
  }

  /**
   * Sets attributes.
   *
   * @return all of them, as they are now
   */
  public Uni<Map<String, String>> attributes(String nameOrArn, Map<String, String> asked) {
    return change(
            nameOrArn,
            balancer -> {
              Violations found = new Violations();
              Map<String, String> all =
                  LoadBalancingAttributes.ofLoadBalancer(balancer.type())
                      .changed(balancer.attributes(), asked, found);
              found.throwIfAny();
              return Uni.createFrom().item(LoadBalancerEdits.withAttributes(balancer, all));
            })
        .map(LoadBalancerDesired::attributes);
  }

  public Uni<LoadBalancerDescription> ipAddressType(String nameOrArn, String type) {
    Violations found = new Violations();
    found.present("ipAddressType", type);
    LoadBalancerRules.addressType(type, found);
    found.throwIfAny();
    return change(
            nameOrArn,
            balancer ->
                Uni.createFrom().item(LoadBalancerEdits.withNetwork(balancer, type, null, null)))
        .map(LoadBalancerDescription::of);
  }

  public Uni<LoadBalancerDescription> securityGroups(String nameOrArn, List<String> groups) {
    Violations found = new Violations();
    found.require(!groups.isEmpty(), "securityGroups", "must be at least one");
    LoadBalancerRules.securityGroups(groups, found);
    found.throwIfAny();
    return change(
            nameOrArn,
            balancer ->
                places
                    .of(subnets(balancer), groups, true)
                    .map(
                        place ->
                            LoadBalancerEdits.withNetwork(
                                balancer, null, null, place.securityGroups())))
        .map(LoadBalancerDescription::of);
  }

  /** Sets the subnets and, if it isn't null, the type of addresses. */
  public Uni<LoadBalancerDescription> subnets(
      String nameOrArn, List<String> subnets, String ipAddressType) {
    Violations found = new Violations();
    found.require(!subnets.isEmpty(), "subnets", "must be at least one");
    LoadBalancerRules.addressType(ipAddressType, found);
    found.throwIfAny();
    return change(
            nameOrArn,
            balancer ->
                places
                    .of(subnets, null, false)
                    .map(
                        place ->
                            LoadBalancerEdits.withNetwork(
                                balancer, ipAddressType, place.zones(), null)))
        .map(LoadBalancerDescription::of);
  }

  private static List<String> subnets(LoadBalancerDesired balancer) {
    return balancer.availabilityZones().stream().map(zone -> zone.subnetId()).toList();
  }

  private Uni<LoadBalancerDesired> change(
      String nameOrArn, Function<LoadBalancerDesired, Uni<LoadBalancerDesired>> change) {
    return changes.change(nameOrArn, () -> DescribeLoadBalancers.missing(nameOrArn), change);
  }
}
