package dev.berth.api.domain.network;

import dev.berth.api.domain.Identity;
import dev.berth.api.domain.network.NetworkResource.SecurityGroup;
import dev.berth.api.domain.network.NetworkResource.Subnet;
import dev.berth.api.domain.network.NetworkResource.Vpc;
import dev.berth.api.domain.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The network as EC2's API shows it: a default VPC with a subnet in each zone, always there, and
 * what users made beside it.
 */
public final class Network {
  private static final List<String> ZONES = List.of("a", "b", "c");
  private static final int IDENTIFIER = 17;

  private final Identity identity;
  private final List<NetworkResource> resources;

  private Network(Identity identity, List<NetworkResource> resources) {
    this.identity = identity;
    this.resources = List.copyOf(resources);
  }

  /** The network of an installation with what its users made. */
  public static Network of(Identity identity, List<NetworkResource> made) {
    List<NetworkResource> all = new ArrayList<>();
    Vpc vpc = new Vpc(id(identity, "vpc", ""), "172.31.0.0/16", true, true, true, Instant.EPOCH);
    all.add(vpc);
    for (int i = 0; i < ZONES.size(); i++) {
      all.add(
          new Subnet(
              id(identity, "subnet", ZONES.get(i)),
              vpc.id(),
              "172.31." + 16 * i + ".0/20",
              identity.region() + ZONES.get(i),
              true,
              true,
              Instant.EPOCH));
    }
    all.add(
        new SecurityGroup(
            id(identity, "sg", ""),
            "default",
            "default VPC security group",
            vpc.id(),
            List.of(
                new NetworkResource.Rule(
                    id(identity, "sgr", "egress"),
                    true,
                    "-1",
                    null,
                    null,
                    "0.0.0.0/0",
                    null,
                    null,
                    null)),
            Instant.EPOCH));
    // What was changed of the parts that are always there is kept by their ids.
    all.removeIf(one -> made.stream().anyMatch(other -> other.id().equals(one.id())));
    all.addAll(made);
    return new Network(identity, all);
  }

  private static String id(Identity identity, String kind, String name) {
    return kind
        + "-"
        + UUID.nameUUIDFromBytes(
                (identity.installationId() + "/" + kind + "/" + name)
                    .getBytes(StandardCharsets.UTF_8))
            .toString()
            .replace("-", "")
            .substring(0, IDENTIFIER);
  }

  public List<String> zones() {
    return ZONES.stream().map(zone -> identity.region() + zone).toList();
  }

  public List<Vpc> vpcs() {
    return all(Vpc.class).toList();
  }

  public List<Subnet> subnets() {
    return all(Subnet.class).toList();
  }

  public List<SecurityGroup> securityGroups() {
    return all(SecurityGroup.class).toList();
  }

  public Vpc defaultVpc() {
    return all(Vpc.class).filter(Vpc::isDefault).findFirst().orElseThrow();
  }

  /** The default security group of a VPC. */
  public Optional<SecurityGroup> defaultSecurityGroup(String vpcId) {
    return all(SecurityGroup.class)
        .filter(group -> group.vpcId().equals(vpcId) && group.groupName().equals("default"))
        .findFirst();
  }

  public Vpc vpc(String id) {
    return one(Vpc.class, id, "InvalidVpcID.NotFound", "The vpc ID '" + id + "' does not exist");
  }

  public Subnet subnet(String id) {
    return one(
        Subnet.class, id, "InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist");
  }

  public SecurityGroup securityGroup(String id) {
    return one(
        SecurityGroup.class,
        id,
        "InvalidGroup.NotFound",
        "The security group '" + id + "' does not exist");
  }

  /** Whether there is a resource of that id. */
  public boolean has(String id) {
    return resources.stream().anyMatch(one -> one.id().equals(id));
  }

  private <T extends NetworkResource> T one(Class<T> type, String id, String code, String message) {
    return all(type)
        .filter(resource -> resource.id().equals(id))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound(code, message));
  }

  private <T extends NetworkResource> Stream<T> all(Class<T> type) {
    return resources.stream().filter(type::isInstance).map(type::cast);
  }
}
