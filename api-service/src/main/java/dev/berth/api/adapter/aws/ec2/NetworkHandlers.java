package dev.berth.api.adapter.aws.ec2;

import dev.berth.api.application.access.Caller;
import dev.berth.api.application.network.ChangeNetwork;
import dev.berth.api.application.network.NetworkTags;
import dev.berth.api.application.network.ReadNetwork;
import dev.berth.api.domain.network.Network;
import dev.berth.api.domain.network.NetworkResource;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.taskdef.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockState;

/** VPCs, subnets and tags. */
@ApplicationScoped
public class NetworkHandlers implements Ec2Handlers {
  private static final NetworkSelection.Kind<NetworkResource.Vpc> VPCS =
      new NetworkSelection.Kind<>(
          Network::vpcs,
          Network::vpc,
          vpc ->
              Map.of(
                  "vpc-id", vpc.id(),
                  "cidr", vpc.cidrBlock(),
                  "cidr-block", vpc.cidrBlock(),
                  "state", "available",
                  "is-default", String.valueOf(vpc.isDefault()),
                  "isDefault", String.valueOf(vpc.isDefault())));

  private static final NetworkSelection.Kind<NetworkResource.Subnet> SUBNETS =
      new NetworkSelection.Kind<>(
          Network::subnets,
          Network::subnet,
          subnet ->
              Map.of(
                  "subnet-id", subnet.id(),
                  "vpc-id", subnet.vpcId(),
                  "availability-zone", subnet.availabilityZone(),
                  "availabilityZone", subnet.availabilityZone(),
                  "cidr-block", subnet.cidrBlock(),
                  "cidrBlock", subnet.cidrBlock(),
                  "state", "available",
                  "default-for-az", String.valueOf(subnet.isDefault()),
                  "defaultForAz", String.valueOf(subnet.isDefault())));

  private final NetworkSelection selection;
  private final ReadNetwork read;
  private final ChangeNetwork change;
  private final NetworkTags tags;

  public NetworkHandlers(
      NetworkSelection selection, ReadNetwork read, ChangeNetwork change, NetworkTags tags) {
    this.selection = selection;
    this.read = read;
    this.change = change;
    this.tags = tags;
  }

  @Override
  public void register(Registry registry) {
    registry.on(DescribeVpcsRequest.class, this::vpcs);
    registry.on(CreateVpcRequest.class, this::createVpc);
    registry.on(DeleteVpcRequest.class, this::deleteVpc);
    registry.on(DescribeVpcAttributeRequest.class, this::vpcAttribute);
    registry.on(ModifyVpcAttributeRequest.class, this::changeVpc);
    registry.on(DescribeSubnetsRequest.class, this::subnets);
    registry.on(CreateSubnetRequest.class, this::createSubnet);
    registry.on(DeleteSubnetRequest.class, this::deleteSubnet);
    registry.on(ModifySubnetAttributeRequest.class, this::changeSubnet);
    registry.on(CreateTagsRequest.class, this::createTags);
    registry.on(DeleteTagsRequest.class, this::deleteTags);
  }

  private Uni<DescribeVpcsResponse> vpcs(DescribeVpcsRequest request, Caller caller) {
    return selection
        .of(VPCS, request.vpcIds(), request.filters())
        .map(
            all ->
                DescribeVpcsResponse.builder()
                    .vpcs(
                        all.stream().map(one -> shown(one.resource(), caller, one.tags())).toList())
                    .build());
  }

  private Uni<CreateVpcResponse> createVpc(CreateVpcRequest request, Caller caller) {
    List<Tag> asked = tagged(request.tagSpecifications());
    return change
        .createVpc(request.cidrBlock(), asked)
        .map(vpc -> CreateVpcResponse.builder().vpc(shown(vpc, caller, asked)).build());
  }

  private Uni<DeleteVpcResponse> deleteVpc(DeleteVpcRequest request, Caller caller) {
    return change
        .deleteVpc(required("VpcId", request.vpcId()))
        .replaceWith(DeleteVpcResponse.builder().build());
  }

  private Uni<DescribeVpcAttributeResponse> vpcAttribute(
      DescribeVpcAttributeRequest request, Caller caller) {
    return read.network()
        .map(
            network -> {
              NetworkResource.Vpc vpc = network.vpc(required("VpcId", request.vpcId()));
              DescribeVpcAttributeResponse.Builder answer =
                  DescribeVpcAttributeResponse.builder().vpcId(vpc.id());
              return switch (String.valueOf(request.attributeAsString())) {
                case "enableDnsSupport" -> answer.enableDnsSupport(flag(vpc.dnsSupport())).build();
                case "enableDnsHostnames" ->
                    answer.enableDnsHostnames(flag(vpc.dnsHostnames())).build();
                case "enableNetworkAddressUsageMetrics" ->
                    answer.enableNetworkAddressUsageMetrics(flag(false)).build();
                default ->
                    throw ProblemException.refused(
                        "InvalidParameterValue",
                        "Value ("
                            + request.attributeAsString()
                            + ") for parameter attribute is"
                            + " invalid. Unknown attribute.");
              };
            });
  }

  private Uni<ModifyVpcAttributeResponse> changeVpc(
      ModifyVpcAttributeRequest request, Caller caller) {
    return change
        .changeVpc(
            required("VpcId", request.vpcId()),
            request.enableDnsSupport() == null ? null : request.enableDnsSupport().value(),
            request.enableDnsHostnames() == null ? null : request.enableDnsHostnames().value())
        .replaceWith(ModifyVpcAttributeResponse.builder().build());
  }

  private Uni<DescribeSubnetsResponse> subnets(DescribeSubnetsRequest request, Caller caller) {
    return selection
        .of(SUBNETS, request.subnetIds(), request.filters())
        .map(
            all ->
                DescribeSubnetsResponse.builder()
                    .subnets(
                        all.stream().map(one -> shown(one.resource(), caller, one.tags())).toList())
                    .build());
  }

  private Uni<CreateSubnetResponse> createSubnet(CreateSubnetRequest request, Caller caller) {
    List<Tag> asked = tagged(request.tagSpecifications());
    return change
        .createSubnet(
            required("VpcId", request.vpcId()),
            request.cidrBlock(),
            request.availabilityZone(),
            asked)
        .map(subnet -> CreateSubnetResponse.builder().subnet(shown(subnet, caller, asked)).build());
  }

  private Uni<DeleteSubnetResponse> deleteSubnet(DeleteSubnetRequest request, Caller caller) {
    return change
        .deleteSubnet(required("SubnetId", request.subnetId()))
        .replaceWith(DeleteSubnetResponse.builder().build());
  }

  private Uni<ModifySubnetAttributeResponse> changeSubnet(
      ModifySubnetAttributeRequest request, Caller caller) {
    if (request.mapPublicIpOnLaunch() == null) {
      throw ProblemException.refused(
          "UnsupportedOperation", "Of a subnet only MapPublicIpOnLaunch can be changed");
    }
    return change
        .changeSubnet(
            required("SubnetId", request.subnetId()), request.mapPublicIpOnLaunch().value())
        .replaceWith(ModifySubnetAttributeResponse.builder().build());
  }

  private Uni<CreateTagsResponse> createTags(CreateTagsRequest request, Caller caller) {
    return tags.add(request.resources(), domain(request.tags()))
        .replaceWith(CreateTagsResponse.builder().build());
  }

  private Uni<DeleteTagsResponse> deleteTags(DeleteTagsRequest request, Caller caller) {
    return tags.remove(request.resources(), domain(request.tags()))
        .replaceWith(DeleteTagsResponse.builder().build());
  }

  private static AttributeBooleanValue flag(boolean value) {
    return AttributeBooleanValue.builder().value(value).build();
  }

  static String required(String name, String value) {
    if (value == null || value.isBlank()) {
      throw ProblemException.refused(
          "MissingParameter", "The request must contain the parameter " + name);
    }
    return value;
  }

  static List<Tag> tagged(List<TagSpecification> specifications) {
    return specifications.stream().flatMap(one -> domain(one.tags()).stream()).toList();
  }

  private static List<Tag> domain(List<software.amazon.awssdk.services.ec2.model.Tag> tags) {
    return tags.stream().map(tag -> new Tag(tag.key(), tag.value())).toList();
  }

  static List<software.amazon.awssdk.services.ec2.model.Tag> shown(List<Tag> tags) {
    return tags.stream()
        .map(
            tag ->
                software.amazon.awssdk.services.ec2.model.Tag.builder()
                    .key(tag.key())
                    .value(tag.value())
                    .build())
        .toList();
  }

  private static Vpc shown(NetworkResource.Vpc vpc, Caller caller, List<Tag> tags) {
    return Vpc.builder()
        .vpcId(vpc.id())
        .ownerId(caller.accountId())
        .state("available")
        .cidrBlock(vpc.cidrBlock())
        .dhcpOptionsId("default")
        .instanceTenancy("default")
        .isDefault(vpc.isDefault())
        .cidrBlockAssociationSet(
            VpcCidrBlockAssociation.builder()
                .associationId(vpc.id().replace("vpc-", "vpc-cidr-assoc-"))
                .cidrBlock(vpc.cidrBlock())
                .cidrBlockState(VpcCidrBlockState.builder().state("associated").build())
                .build())
        .tags(shown(tags))
        .build();
  }

  private static Subnet shown(NetworkResource.Subnet subnet, Caller caller, List<Tag> tags) {
    return Subnet.builder()
        .subnetId(subnet.id())
        .subnetArn(
            "arn:aws:ec2:%s:%s:subnet/%s"
                .formatted(caller.region(), caller.accountId(), subnet.id()))
        .vpcId(subnet.vpcId())
        .ownerId(caller.accountId())
        .state("available")
        .cidrBlock(subnet.cidrBlock())
        .availabilityZone(subnet.availabilityZone())
        .availabilityZoneId(Zones.id(subnet.availabilityZone()))
        .defaultForAz(subnet.isDefault())
        .mapPublicIpOnLaunch(subnet.mapPublicIpOnLaunch())
        .assignIpv6AddressOnCreation(false)
        .tags(shown(tags))
        .build();
  }
}
