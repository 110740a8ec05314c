package dev.berth.e2e.balancer;

import static dev.berth.e2e.balancer.BalancerSdkErrorsStoryTest.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.e2e.BerthSuite;
import dev.berth.e2e.aws.AwsTools;
import dev.berth.e2e.aws.RestrictedKey;
import dev.berth.e2e.aws.SeenCalls;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** As much of Amazon EC2 as tools ask for on their way to a load balancer, by the AWS SDK. */
@SuppressWarnings("unchecked") // the SDK's lists of builders are varargs of a generic type
class BalancerNetworkStoryTest {
  private static final IpPermission WEB =
      IpPermission.builder()
          .ipProtocol("tcp")
          .fromPort(80)
          .toPort(80)
          .ipRanges(range -> range.cidrIp("0.0.0.0/0"))
          .build();

  private final BerthSuite suite = BerthSuite.shared();
  private final AwsTools tools = AwsTools.of(suite);
  private final Ec2Client ec2 = tools.client(Ec2Client.builder());
  private final String name = "ec2-" + UUID.randomUUID().toString().substring(0, 8);

  @AfterEach
  void closed() {
    ec2.close();
  }

  @AfterAll
  static void told() {
    SeenCalls.ended(BalancerNetworkStoryTest.class);
  }

  @Test
  void theDefaultNetworkHasASubnetInEachZone() {
    Vpc vpc =
        ec2.describeVpcs(d -> d.filters(f -> f.name("is-default").values("true")))
            .vpcs()
            .getFirst();
    List<AvailabilityZone> zones =
        ec2.describeAvailabilityZones(d -> d.filters(f -> f.name("state").values("available")))
            .availabilityZones();
    assertThat(
            ec2.describeSubnets(
                    d ->
                        d.filters(
                            f -> f.name("vpc-id").values(vpc.vpcId()),
                            f -> f.name("default-for-az").values("true")))
                .subnets())
        .extracting(Subnet::availabilityZone)
        .containsExactlyInAnyOrderElementsOf(
            zones.stream().map(AvailabilityZone::zoneName).toList());
    assertThat(
            ec2.describeSecurityGroups(
                    d ->
                        d.filters(
                            f -> f.name("vpc-id").values(vpc.vpcId()),
                            f -> f.name("group-name").values("default")))
                .securityGroups())
        .hasSize(1);
    assertThat(
            ec2.describeVpcAttribute(
                    d -> d.vpcId(vpc.vpcId()).attribute(VpcAttributeName.ENABLE_DNS_SUPPORT))
                .enableDnsSupport()
                .value())
        .isTrue();
    assertThat(ec2.describeAccountAttributes().accountAttributes())
        .anyMatch(
            one ->
                one.attributeName().equals("default-vpc")
                    && one.attributeValues().getFirst().attributeValue().equals(vpc.vpcId()));

    // What isn't there is an empty list, so that tools go on
    assertThat(ec2.describeInternetGateways().internetGateways()).isEmpty();
    assertThat(ec2.describeRouteTables().routeTables()).isEmpty();
    assertThat(ec2.describeNetworkAcls().networkAcls()).isEmpty();
    assertThat(ec2.describeNetworkInterfaces().networkInterfaces()).isEmpty();
  }

  @Test
  void aNetworkOfOnesOwnCarriesALoadBalancer() {
    // Given a VPC, a subnet and a security group
    String vpc =
        ec2.createVpc(
                c ->
                    c.cidrBlock("10.77.0.0/16")
                        .tagSpecifications(
                            t -> t.resourceType("vpc").tags(a -> a.key("Name").value(name))))
            .vpc()
            .vpcId();
    assertThat(ec2.describeVpcs(d -> d.filters(f -> f.name("tag:Name").values(name))).vpcs())
        .extracting(Vpc::vpcId)
        .containsExactly(vpc);
    ec2.modifyVpcAttribute(m -> m.vpcId(vpc).enableDnsHostnames(h -> h.value(true)));
    String subnet =
        ec2.createSubnet(c -> c.vpcId(vpc).cidrBlock("10.77.1.0/24").availabilityZone("us-east-1b"))
            .subnet()
            .subnetId();
    ec2.modifySubnetAttribute(m -> m.subnetId(subnet).mapPublicIpOnLaunch(p -> p.value(true)));
    assertThat(ec2.describeSubnets(d -> d.subnetIds(subnet)).subnets())
        .singleElement()
        .satisfies(one -> assertThat(one.mapPublicIpOnLaunch()).isTrue());
    String group =
        ec2.createSecurityGroup(c -> c.vpcId(vpc).groupName(name).description("a story's"))
            .groupId();
    ec2.authorizeSecurityGroupIngress(a -> a.groupId(group).ipPermissions(WEB));
    IpPermission postgres = WEB.toBuilder().fromPort(5432).toPort(5432).build();
    ec2.authorizeSecurityGroupEgress(a -> a.groupId(group).ipPermissions(postgres));
    ec2.revokeSecurityGroupEgress(r -> r.groupId(group).ipPermissions(postgres));
    assertThat(
            ec2.describeSecurityGroupRules(d -> d.filters(f -> f.name("group-id").values(group)))
                .securityGroupRules())
        .hasSize(2)
        .anyMatch(rule -> !rule.isEgress() && rule.fromPort() == 80);
    ec2.createTags(c -> c.resources(vpc, group).tags(t -> t.key("stage").value("test")));
    ec2.deleteTags(d -> d.resources(vpc).tags(t -> t.key("stage")));
    assertThat(ec2.describeSecurityGroups(d -> d.groupIds(group)).securityGroups())
        .singleElement()
        .extracting(SecurityGroup::tags)
        .isEqualTo(List.of(Tag.builder().key("stage").value("test").build()));

    // When a load balancer is in them, then they can't go
    try (ElasticLoadBalancingV2Client elb = tools.client(ElasticLoadBalancingV2Client.builder());
        MadeBalancers made = new MadeBalancers(elb)) {
      assertThat(made.balancer(b -> b.name(name).subnets(subnet).securityGroups(group)).vpcId())
          .isEqualTo(vpc);
      assertCode(400, "DependencyViolation", () -> ec2.deleteSubnet(d -> d.subnetId(subnet)));
      assertCode(400, "DependencyViolation", () -> ec2.deleteSecurityGroup(d -> d.groupId(group)));
    }
    assertCode(400, "DependencyViolation", () -> ec2.deleteVpc(d -> d.vpcId(vpc)));

    // When it is gone, then they can
    ec2.revokeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(WEB));
    ec2.deleteSecurityGroup(d -> d.groupId(group));
    ec2.deleteSubnet(d -> d.subnetId(subnet));
    ec2.deleteVpc(d -> d.vpcId(vpc));
    assertCode(400, "InvalidVpcID.NotFound", () -> ec2.describeVpcs(d -> d.vpcIds(vpc)));
  }

  @Test
  void machinesAreContainerInstances() {
    List<Instance> instances =
        ec2.describeInstances().reservations().stream()
            .flatMap(one -> one.instances().stream())
            .toList();
    assertThat(instances).hasSizeGreaterThanOrEqualTo(BerthSuite.NODES);
    String id = instances.getFirst().instanceId();
    assertThat(ec2.describeInstances(d -> d.instanceIds(id)).reservations()).hasSize(1);
    assertCode(
        400,
        "UnsupportedOperation",
        () -> ec2.runInstances(r -> r.imageId("ami-1").minCount(1).maxCount(1)));
    assertCode(400, "UnsupportedOperation", () -> ec2.terminateInstances(t -> t.instanceIds(id)));
  }

  @Test
  void isRefusedWithEc2sCodes() {
    String vpc = ec2.describeVpcs().vpcs().getFirst().vpcId();
    String standard =
        ec2.describeSecurityGroups(d -> d.groupNames("default"))
            .securityGroups()
            .getFirst()
            .groupId();
    assertCode(400, "InvalidVpc.Range", () -> ec2.createVpc(c -> c.cidrBlock("10.0.0.0/8")));
    assertCode(400, "InvalidParameterValue", () -> ec2.createVpc(c -> c.cidrBlock("ten")));
    assertCode(
        400,
        "InvalidSubnet.Range",
        () -> ec2.createSubnet(c -> c.vpcId(vpc).cidrBlock("10.1.0.0/24")));
    assertCode(
        400, "InvalidSubnetID.NotFound", () -> ec2.deleteSubnet(d -> d.subnetId("subnet-none")));
    assertCode(
        400, "InvalidGroup.NotFound", () -> ec2.deleteSecurityGroup(d -> d.groupId("sg-none")));
    assertCode(400, "MissingParameter", () -> ec2.createSecurityGroup(c -> c.groupName(name)));
    assertCode(400, "CannotDelete", () -> ec2.deleteSecurityGroup(d -> d.groupId(standard)));
    assertCode(400, "OperationNotPermitted", () -> ec2.deleteVpc(d -> d.vpcId(vpc)));
    assertCode(
        400,
        "InvalidInstanceID.NotFound",
        () -> ec2.describeInstances(d -> d.instanceIds("i-0123456789abcdef0")));
    assertCode(
        400,
        "InvalidID",
        () -> ec2.createTags(c -> c.resources("vpc-none").tags(t -> t.key("a").value("b"))));
    String group =
        ec2.createSecurityGroup(c -> c.groupName(name).description("a story's")).groupId();
    assertCode(
        400,
        "InvalidGroup.Duplicate",
        () -> ec2.createSecurityGroup(c -> c.groupName(name).description("again")));
    ec2.authorizeSecurityGroupIngress(a -> a.groupId(group).ipPermissions(WEB));
    assertCode(
        400,
        "InvalidPermission.Duplicate",
        () -> ec2.authorizeSecurityGroupIngress(a -> a.groupId(group).ipPermissions(WEB)));
    ec2.revokeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(WEB));
    assertCode(
        400,
        "InvalidPermission.NotFound",
        () -> ec2.revokeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(WEB)));
    ec2.deleteSecurityGroup(d -> d.groupId(group));
  }

  @Test
  void isAllowedWhatItsPolicySays() {
    Ec2ClientBuilder builder = Ec2Client.builder();
    tools.client(builder).close();
    try (RestrictedKey key = RestrictedKey.allowing(suite, "ec2:Describe*");
        Ec2Client reader = builder.credentialsProvider(key.credentials()).build()) {
      assertThat(reader.describeVpcs().vpcs()).isNotEmpty();
      assertCode(
          403, "UnauthorizedOperation", () -> reader.createVpc(c -> c.cidrBlock("10.0.0.0/16")));
    }
  }
}
