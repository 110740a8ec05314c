package dev.berth.api.domain.network;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A part of the network as EC2's API shows it. Berth keeps these names so that tools find what they
 * look for; nothing is routed or filtered by them.
 */
public sealed interface NetworkResource {
  String id();

  Instant createdAt();

  /** EC2: Vpc. */
  record Vpc(
      String id,
      String cidrBlock,
      boolean isDefault,
      boolean dnsSupport,
      boolean dnsHostnames,
      Instant createdAt)
      implements NetworkResource {}

  /** EC2: Subnet. */
  record Subnet(
      String id,
      String vpcId,
      String cidrBlock,
      String availabilityZone,
      boolean isDefault,
      boolean mapPublicIpOnLaunch,
      Instant createdAt)
      implements NetworkResource {}

  /** EC2: SecurityGroup, with its rules. */
  record SecurityGroup(
      String id,
      String groupName,
      String description,
      String vpcId,
      List<Rule> rules,
      Instant createdAt)
      implements NetworkResource {
    public SecurityGroup {
      rules = rules == null ? List.of() : List.copyOf(rules);
    }
  }

  /**
   * EC2: SecurityGroupRule.
   *
   * @param protocol {@code tcp}, {@code udp}, {@code icmp} or {@code -1} for all
   * @param cidrIpv4 a block of addresses; a rule has one of the three sources
   */
  record Rule(
      String id,
      boolean egress,
      String protocol,
      Integer fromPort,
      Integer toPort,
      String cidrIpv4,
      String cidrIpv6,
      String referencedGroupId,
      String description) {
    /** Whether it lets through the same, whatever its id and description. */
    public boolean isSame(Rule other) {
      return egress == other.egress
          && protocol.equals(other.protocol)
          && Objects.equals(fromPort, other.fromPort)
          && Objects.equals(toPort, other.toPort)
          && Objects.equals(cidrIpv4, other.cidrIpv4)
          && Objects.equals(cidrIpv6, other.cidrIpv6)
          && Objects.equals(referencedGroupId, other.referencedGroupId);
    }
  }
}
