package dev.berth.api.application.network;

import dev.berth.api.application.port.Ids;
import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.LoadBalancingTags;
import dev.berth.api.application.port.NetworkResources;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.network.Network;
import dev.berth.api.domain.network.NetworkResource;
import dev.berth.api.domain.network.NetworkResource.Rule;
import dev.berth.api.domain.network.NetworkResource.SecurityGroup;
import dev.berth.api.domain.network.NetworkResource.Subnet;
import dev.berth.api.domain.network.NetworkResource.Vpc;
import dev.berth.api.domain.network.NetworkRules;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.taskdef.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Creating, changing and deleting VPCs, subnets and security groups: names without effect. */
@ApplicationScoped
public class ChangeNetwork {
  private final Transactions transactions;
  private final ReadNetwork read;
  private final NetworkResources resources;
  private final LoadBalancers loadBalancers;
  private final LoadBalancingTags tags;
  private final Ids ids;
  private final InstantSource clock;

  public ChangeNetwork(
      Transactions transactions,
      ReadNetwork read,
      NetworkResources resources,
      LoadBalancers loadBalancers,
      LoadBalancingTags tags,
      Ids ids,
      InstantSource clock) {
    this.transactions = transactions;
    this.read = read;
    this.resources = resources;
    this.loadBalancers = loadBalancers;
    this.tags = tags;
    this.ids = ids;
    this.clock = clock;
  }

  /** Creates a VPC with its default security group, as EC2 does. */
  public Uni<Vpc> createVpc(String cidrBlock, List<Tag> tagged) {
    NetworkRules.cidr(cidrBlock);
    Vpc vpc = new Vpc(id("vpc"), cidrBlock, false, true, false, clock.instant());
    SecurityGroup group =
        new SecurityGroup(
            id("sg"),
            "default",
            "default VPC security group",
            vpc.id(),
            List.of(allOut()),
            clock.instant());
    return transactions.inTransaction(
        () ->
            resources
                .put(vpc)
                .chain(() -> resources.put(group))
                .chain(() -> tags.put(vpc.id(), tagged))
                .replaceWith(vpc));
  }

  /** Changes what is asked of a VPC. */
  public Uni<Vpc> changeVpc(String id, Boolean dnsSupport, Boolean dnsHostnames) {
    return change(
        network -> {
          Vpc old = network.vpc(id);
          return new Vpc(
              old.id(),
              old.cidrBlock(),
              old.isDefault(),
              dnsSupport == null ? old.dnsSupport() : dnsSupport,
              dnsHostnames == null ? old.dnsHostnames() : dnsHostnames,
              old.createdAt());
        });
  }

  /** Deletes a VPC that has no subnet and no security group of its users. */
  public Uni<Void> deleteVpc(String id) {
    return transactions.inTransaction(
        () ->
            read.network()
                .chain(
                    network -> {
                      Vpc vpc = network.vpc(id);
                      String standard =
                          network.defaultSecurityGroup(id).map(SecurityGroup::id).orElse("");
                      boolean used =
                          network.subnets().stream().anyMatch(one -> one.vpcId().equals(id))
                              || network.securityGroups().stream()
                                  .anyMatch(
                                      one -> one.vpcId().equals(id) && !one.id().equals(standard));
                      NetworkRules.deletable(vpc.isDefault(), used, "vpc", id);
                      return remove(standard).chain(() -> remove(id));
                    }));
  }

  public Uni<Subnet> createSubnet(String vpcId, String cidrBlock, String zone, List<Tag> tagged) {
    NetworkRules.cidr(cidrBlock);
    return transactions.inTransaction(
        () ->
            read.network()
                .map(
                    network -> {
                      Vpc vpc = network.vpc(vpcId);
                      NetworkRules.within(vpc.cidrBlock(), cidrBlock);
                      String in = zone == null ? network.zones().get(0) : zone;
                      if (!network.zones().contains(in)) {
                        throw ProblemException.refused(
                            "InvalidParameterValue",
                            "Value (" + in + ") for parameter availabilityZone is invalid");
                      }
                      return new Subnet(
                          id("subnet"), vpcId, cidrBlock, in, false, false, clock.instant());
                    })
                .call(resources::put)
                .call(subnet -> tags.put(subnet.id(), tagged)));
  }

  public Uni<Subnet> changeSubnet(String id, boolean mapPublicIpOnLaunch) {
    return change(
        network -> {
          Subnet old = network.subnet(id);
          return new Subnet(
              old.id(),
              old.vpcId(),
              old.cidrBlock(),
              old.availabilityZone(),
              old.isDefault(),
              mapPublicIpOnLaunch,
              old.createdAt());
        });
  }

  /** Deletes a subnet that no load balancer is in. */
  public Uni<Void> deleteSubnet(String id) {
    return transactions.inTransaction(
        () ->
            read.network()
                .chain(
                    network -> {
                      Subnet subnet = network.subnet(id);
                      return inUse(
                              balancer ->
                                  balancer.availabilityZones().stream()
                                      .anyMatch(zone -> zone.subnetId().equals(id)))
                          .invoke(
                              used ->
                                  NetworkRules.deletable(subnet.isDefault(), used, "subnet", id))
                          .chain(() -> remove(id));
                    }));
  }

  public Uni<SecurityGroup> createSecurityGroup(
      String name, String description, String vpcId, List<Tag> tagged) {
    NetworkRules.groupName(name, description);
    return transactions.inTransaction(
        () ->
            read.network()
                .map(
                    network -> {
                      Vpc vpc = vpcId == null ? network.defaultVpc() : network.vpc(vpcId);
                      if (network.securityGroups().stream()
                          .anyMatch(
                              one ->
                                  one.vpcId().equals(vpc.id()) && one.groupName().equals(name))) {
                        throw ProblemException.conflict(
                            "InvalidGroup.Duplicate",
                            "The security group '" + name + "' already exists for this VPC");
                      }
                      return new SecurityGroup(
                          id("sg"),
                          name,
                          description,
                          vpc.id(),
                          List.of(allOut()),
                          clock.instant());
                    })
                .call(resources::put)
                .call(group -> tags.put(group.id(), tagged)));
  }

  /** Deletes a security group that no load balancer has. */
  public Uni<Void> deleteSecurityGroup(String id) {
    return transactions.inTransaction(
        () ->
            read.network()
                .chain(
                    network -> {
                      SecurityGroup group = network.securityGroup(id);
                      return inUse(balancer -> balancer.securityGroups().contains(id))
                          .invoke(
                              used ->
                                  NetworkRules.deletable(
                                      group.groupName().equals("default"),
                                      used,
                                      "security group",
                                      id))
                          .chain(() -> remove(id));
                    }));
  }

  /** Adds rules to a security group and gives them with their ids. */
  public Uni<List<Rule>> authorize(String groupId, List<Rule> asked) {
    NetworkRules.rules(asked);
    List<Rule> added = asked.stream().map(this::named).toList();
    return rules(
            groupId,
            present -> {
              List<Rule> all = new ArrayList<>(present);
              for (Rule rule : added) {
                if (present.stream().anyMatch(rule::isSame)) {
                  throw ProblemException.conflict(
                      "InvalidPermission.Duplicate", "the specified rule already exists");
                }
                all.add(rule);
              }
              return all;
            })
        .replaceWith(added);
  }

  /** Removes rules, named by their ids or by what they let through. */
  public Uni<SecurityGroup> revoke(
      String groupId, List<Rule> asked, List<String> ruleIds, boolean egress) {
    return rules(
        groupId,
        present -> {
          List<Rule> left = new ArrayList<>(present);
          boolean gone =
              left.removeIf(
                  rule ->
                      rule.egress() == egress
                          && (ruleIds.contains(rule.id())
                              || asked.stream().anyMatch(rule::isSame)));
          if (!gone) {
            throw ProblemException.notFound(
                "InvalidPermission.NotFound",
                "The specified rule does not exist in this security group.");
          }
          return left;
        });
  }

  private Uni<SecurityGroup> rules(String groupId, UnaryOperator<List<Rule>> change) {
    return change(
        network -> {
          SecurityGroup old = network.securityGroup(groupId);
          return new SecurityGroup(
              old.id(),
              old.groupName(),
              old.description(),
              old.vpcId(),
              change.apply(old.rules()),
              old.createdAt());
        });
  }

  private <T extends NetworkResource> Uni<T> change(Function<Network, T> change) {
    return transactions.inTransaction(() -> read.network().map(change).call(resources::put));
  }

  private Uni<Void> remove(String id) {
    return tags.remove(id).chain(() -> resources.remove(id));
  }

  private Uni<Boolean> inUse(Function<LoadBalancerDesired, Boolean> uses) {
    return loadBalancers
        .list("", Integer.MAX_VALUE)
        .map(all -> all.stream().anyMatch(balancer -> uses.apply(balancer)));
  }

  private Rule allOut() {
    return named(new Rule(null, true, "-1", null, null, "0.0.0.0/0", null, null, null));
  }

  private Rule named(Rule rule) {
    return new Rule(
        id("sgr"),
        rule.egress(),
        rule.protocol(),
        rule.fromPort(),
        rule.toPort(),
        rule.cidrIpv4(),
        rule.cidrIpv6(),
        rule.referencedGroupId(),
        rule.description());
  }

  private String id(String kind) {
    return kind + "-0" + ids.loadBalancingId();
  }
}
