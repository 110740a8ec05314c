package dev.berth.api.adapter.aws.ec2;

import static dev.berth.api.adapter.aws.ec2.NetworkHandlers.required;

import dev.berth.api.application.access.Caller;
import dev.berth.api.application.network.ChangeNetwork;
import dev.berth.api.application.network.ReadNetwork;
import dev.berth.api.domain.network.Network;
import dev.berth.api.domain.network.NetworkResource;
import dev.berth.api.domain.network.NetworkResource.Rule;
import dev.berth.contracts.taskdef.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.ReferencedSecurityGroup;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Security groups: kept and shown; nothing is filtered by them. */
@ApplicationScoped
public class SecurityGroupHandlers implements Ec2Handlers {
  private static final NetworkSelection.Kind<NetworkResource.SecurityGroup> GROUPS =
      new NetworkSelection.Kind<>(
          Network::securityGroups,
          Network::securityGroup,
          group ->
              Map.of(
                  "group-id", group.id(),
                  "group-name", group.groupName(),
                  "vpc-id", group.vpcId(),
                  "description", group.description()));

  private final NetworkSelection selection;
  private final ReadNetwork read;
  private final ChangeNetwork change;

  public SecurityGroupHandlers(NetworkSelection selection, ReadNetwork read, ChangeNetwork change) {
    this.selection = selection;
    this.read = read;
    this.change = change;
  }

  @Override
  public void register(Registry registry) {
    registry.on(DescribeSecurityGroupsRequest.class, this::describe);
    registry.on(DescribeSecurityGroupRulesRequest.class, this::rules);
    registry.on(CreateSecurityGroupRequest.class, this::create);
    registry.on(DeleteSecurityGroupRequest.class, this::delete);
    registry.on(AuthorizeSecurityGroupIngressRequest.class, this::allowIn);
    registry.on(AuthorizeSecurityGroupEgressRequest.class, this::allowOut);
    registry.on(RevokeSecurityGroupIngressRequest.class, this::revokeIn);
    registry.on(RevokeSecurityGroupEgressRequest.class, this::revokeOut);
  }

  private Uni<DescribeSecurityGroupsResponse> describe(
      DescribeSecurityGroupsRequest request, Caller caller) {
    return selection
        .of(GROUPS, request.groupIds(), request.filters())
        .map(
            all ->
                DescribeSecurityGroupsResponse.builder()
                    .securityGroups(
                        all.stream()
                            .filter(
                                one ->
                                    request.groupNames().isEmpty()
                                        || request
                                            .groupNames()
                                            .contains(one.resource().groupName()))
                            .map(one -> shown(one.resource(), caller, one.tags()))
                            .toList())
                    .build());
  }

  private Uni<DescribeSecurityGroupRulesResponse> rules(
      DescribeSecurityGroupRulesRequest request, Caller caller) {
    return read.network()
        .map(
            network -> {
              List<SecurityGroupRule> all = new ArrayList<>();
              for (NetworkResource.SecurityGroup group : network.securityGroups()) {
                for (Rule rule : group.rules()) {
                  Map<String, String> facts =
                      Map.of("group-id", group.id(), "security-group-rule-id", rule.id());
                  boolean asked =
                      request.securityGroupRuleIds().isEmpty()
                          || request.securityGroupRuleIds().contains(rule.id());
                  if (asked && Filters.pass(request.filters(), facts, List.of())) {
                    all.add(shown(group.id(), rule, caller));
                  }
                }
              }
              return DescribeSecurityGroupRulesResponse.builder().securityGroupRules(all).build();
            });
  }

  private Uni<CreateSecurityGroupResponse> create(
      CreateSecurityGroupRequest request, Caller caller) {
    List<Tag> asked = NetworkHandlers.tagged(request.tagSpecifications());
    return change
        .createSecurityGroup(request.groupName(), request.description(), request.vpcId(), asked)
        .map(
            group ->
                CreateSecurityGroupResponse.builder()
                    .groupId(group.id())
                    .tags(NetworkHandlers.shown(asked))
                    .build());
  }

  private Uni<DeleteSecurityGroupResponse> delete(
      DeleteSecurityGroupRequest request, Caller caller) {
    return change
        .deleteSecurityGroup(required("GroupId", request.groupId()))
        .replaceWith(
            DeleteSecurityGroupResponse.builder()
                .returnValue(true)
                .groupId(request.groupId())
                .build());
  }

  private Uni<AuthorizeSecurityGroupIngressResponse> allowIn(
      AuthorizeSecurityGroupIngressRequest request, Caller caller) {
    String group = required("GroupId", request.groupId());
    List<IpPermission> asked = new ArrayList<>(request.ipPermissions());
    if (request.cidrIp() != null) {
      asked.add(
          IpPermission.builder()
              .ipProtocol(request.ipProtocol())
              .fromPort(request.fromPort())
              .toPort(request.toPort())
              .ipRanges(IpRange.builder().cidrIp(request.cidrIp()).build())
              .build());
    }
    return change
        .authorize(group, domain(asked, false))
        .map(
            added ->
                AuthorizeSecurityGroupIngressResponse.builder()
                    .returnValue(true)
                    .securityGroupRules(
                        added.stream().map(rule -> shown(group, rule, caller)).toList())
                    .build());
  }

  private Uni<AuthorizeSecurityGroupEgressResponse> allowOut(
      AuthorizeSecurityGroupEgressRequest request, Caller caller) {
    String group = required("GroupId", request.groupId());
    return change
        .authorize(group, domain(request.ipPermissions(), true))
        .map(
            added ->
                AuthorizeSecurityGroupEgressResponse.builder()
                    .returnValue(true)
                    .securityGroupRules(
                        added.stream().map(rule -> shown(group, rule, caller)).toList())
                    .build());
  }

  private Uni<RevokeSecurityGroupIngressResponse> revokeIn(
      RevokeSecurityGroupIngressRequest request, Caller caller) {
    return change
        .revoke(
            required("GroupId", request.groupId()),
            domain(request.ipPermissions(), false),
            request.securityGroupRuleIds(),
            false)
        .replaceWith(RevokeSecurityGroupIngressResponse.builder().returnValue(true).build());
  }

  private Uni<RevokeSecurityGroupEgressResponse> revokeOut(
      RevokeSecurityGroupEgressRequest request, Caller caller) {
    return change
        .revoke(
            required("GroupId", request.groupId()),
            domain(request.ipPermissions(), true),
            request.securityGroupRuleIds(),
            true)
        .replaceWith(RevokeSecurityGroupEgressResponse.builder().returnValue(true).build());
  }

  /** One rule for each source of a permission. */
  private static List<Rule> domain(List<IpPermission> permissions, boolean egress) {
    List<Rule> rules = new ArrayList<>();
    for (IpPermission one : permissions) {
      one.ipRanges()
          .forEach(
              range ->
                  rules.add(rule(one, egress, range.cidrIp(), null, null, range.description())));
      one.ipv6Ranges()
          .forEach(
              range ->
                  rules.add(rule(one, egress, null, range.cidrIpv6(), null, range.description())));
      one.userIdGroupPairs()
          .forEach(
              pair -> rules.add(rule(one, egress, null, null, pair.groupId(), pair.description())));
    }
    return rules;
  }

  private static Rule rule(
      IpPermission permission,
      boolean egress,
      String cidr,
      String cidr6,
      String group,
      String description) {
    boolean all = "-1".equals(permission.ipProtocol());
    return new Rule(
        "",
        egress,
        permission.ipProtocol() == null ? "-1" : permission.ipProtocol(),
        all ? null : permission.fromPort(),
        all ? null : permission.toPort(),
        cidr,
        cidr6,
        group,
        description);
  }

  private static SecurityGroup shown(
      NetworkResource.SecurityGroup group, Caller caller, List<Tag> tags) {
    return SecurityGroup.builder()
        .groupId(group.id())
        .groupName(group.groupName())
        .description(group.description())
        .vpcId(group.vpcId())
        .ownerId(caller.accountId())
        .securityGroupArn(
            "arn:aws:ec2:%s:%s:security-group/%s"
                .formatted(caller.region(), caller.accountId(), group.id()))
        .ipPermissions(permissions(group, false, caller))
        .ipPermissionsEgress(permissions(group, true, caller))
        .tags(NetworkHandlers.shown(tags))
        .build();
  }

  private static List<IpPermission> permissions(
      NetworkResource.SecurityGroup group, boolean egress, Caller caller) {
    return group.rules().stream()
        .filter(rule -> rule.egress() == egress)
        .map(
            rule ->
                IpPermission.builder()
                    .ipProtocol(rule.protocol())
                    .fromPort(rule.fromPort())
                    .toPort(rule.toPort())
                    .ipRanges(
                        Stream.ofNullable(rule.cidrIpv4())
                            .map(
                                cidr ->
                                    IpRange.builder()
                                        .cidrIp(cidr)
                                        .description(rule.description())
                                        .build())
                            .toList())
                    .ipv6Ranges(
                        Stream.ofNullable(rule.cidrIpv6())
                            .map(
                                cidr ->
                                    Ipv6Range.builder()
                                        .cidrIpv6(cidr)
                                        .description(rule.description())
                                        .build())
                            .toList())
                    .userIdGroupPairs(
                        Stream.ofNullable(rule.referencedGroupId())
                            .map(
                                id ->
                                    UserIdGroupPair.builder()
                                        .groupId(id)
                                        .userId(caller.accountId())
                                        .description(rule.description())
                                        .build())
                            .toList())
                    .build())
        .toList();
  }

  private static SecurityGroupRule shown(String group, Rule rule, Caller caller) {
    return SecurityGroupRule.builder()
        .securityGroupRuleId(rule.id())
        .groupId(group)
        .groupOwnerId(caller.accountId())
        .isEgress(rule.egress())
        .ipProtocol(rule.protocol())
        .fromPort(rule.fromPort() == null ? -1 : rule.fromPort())
        .toPort(rule.toPort() == null ? -1 : rule.toPort())
        .cidrIpv4(rule.cidrIpv4())
        .cidrIpv6(rule.cidrIpv6())
        .referencedGroupInfo(
            rule.referencedGroupId() == null
                ? null
                : ReferencedSecurityGroup.builder().groupId(rule.referencedGroupId()).build())
        .description(rule.description())
        .build();
  }
}
