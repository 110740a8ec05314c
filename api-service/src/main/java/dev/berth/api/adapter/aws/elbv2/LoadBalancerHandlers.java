package dev.berth.api.adapter.aws.elbv2;

import dev.berth.api.application.Page;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.loadbalancer.ChangeLoadBalancer;
import dev.berth.api.application.loadbalancer.CreateLoadBalancer;
import dev.berth.api.application.loadbalancer.DeleteLoadBalancer;
import dev.berth.api.application.loadbalancer.DescribeLoadBalancers;
import dev.berth.api.domain.loadbalancer.LoadBalancerDescription;
import dev.berth.api.domain.loadbalancer.LoadBalancerRequest;
import dev.berth.api.domain.loadbalancer.LoadBalancerRules;
import dev.berth.api.domain.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeCapacityReservationRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeCapacityReservationResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsResponse;

/** Load balancers and their attributes. */
@ApplicationScoped
public class LoadBalancerHandlers implements LoadBalancingHandlers {
  private static final int LARGEST_PAGE = 400;

  private final CreateLoadBalancer create;
  private final DeleteLoadBalancer delete;
  private final DescribeLoadBalancers describe;
  private final ChangeLoadBalancer change;
  private final LoadBalancingShapes shapes;

  public LoadBalancerHandlers(
      CreateLoadBalancer create,
      DeleteLoadBalancer delete,
      DescribeLoadBalancers describe,
      ChangeLoadBalancer change,
      LoadBalancingShapes shapes) {
    this.create = create;
    this.delete = delete;
    this.describe = describe;
    this.change = change;
    this.shapes = shapes;
  }

  @Override
  public void register(Registry registry) {
    registry.on(CreateLoadBalancerRequest.class, this::create);
    registry.on(
        DeleteLoadBalancerRequest.class,
        one -> Resources.loadBalancer(one.loadBalancerArn()),
        this::delete);
    registry.on(DescribeLoadBalancersRequest.class, this::describe);
    registry.on(DescribeLoadBalancerAttributesRequest.class, this::attributes);
    registry.on(
        ModifyLoadBalancerAttributesRequest.class,
        one -> Resources.loadBalancer(one.loadBalancerArn()),
        this::setAttributes);
    registry.on(
        SetIpAddressTypeRequest.class,
        one -> Resources.loadBalancer(one.loadBalancerArn()),
        this::setAddressType);
    registry.on(
        SetSecurityGroupsRequest.class,
        one -> Resources.loadBalancer(one.loadBalancerArn()),
        this::setGroups);
    registry.on(
        SetSubnetsRequest.class,
        one -> Resources.loadBalancer(one.loadBalancerArn()),
        this::setSubnets);
    registry.on(DescribeCapacityReservationRequest.class, this::capacity);
  }

  /** A member that has to be there. */
  static String required(String name, String value) {
    if (value == null || value.isBlank()) {
      throw ProblemException.invalid(name, "is required");
    }
    return value;
  }

  /** The page that a marker and a size mean. */
  static Page.Request page(String marker, Integer size) {
    if (size != null && (size < 1 || size > LARGEST_PAGE)) {
      throw ProblemException.invalid("pageSize", "must be 1 to " + LARGEST_PAGE + ", not " + size);
    }
    return new Page.Request(
        Page.Request.of(null, marker).after(), size == null ? LARGEST_PAGE : size);
  }

  private Uni<CreateLoadBalancerResponse> create(CreateLoadBalancerRequest request, Caller caller) {
    return create
        .create(shapes.record(request, LoadBalancerRequest.class))
        .map(made -> CreateLoadBalancerResponse.builder().loadBalancers(shown(made)).build());
  }

  private Uni<DeleteLoadBalancerResponse> delete(DeleteLoadBalancerRequest request, Caller caller) {
    // As in ELBv2: what isn't there any more is deleted.
    return delete
        .delete(required("loadBalancerArn", request.loadBalancerArn()))
        .onFailure(
            failure ->
                failure instanceof ProblemException problem
                    && problem.code().equals("LoadBalancerNotFoundException"))
        .recoverWithNull()
        .replaceWith(DeleteLoadBalancerResponse.builder().build());
  }

  private Uni<DescribeLoadBalancersResponse> describe(
      DescribeLoadBalancersRequest request, Caller caller) {
    List<String> asked =
        Stream.concat(request.loadBalancerArns().stream(), request.names().stream()).toList();
    if (!asked.isEmpty()) {
      return describe
          .describe(asked)
          .map(
              found ->
                  DescribeLoadBalancersResponse.builder()
                      .loadBalancers(found.stream().map(this::shown).toList())
                      .build());
    }
    return describe
        .list(page(request.marker(), request.pageSize()))
        .map(
            page ->
                DescribeLoadBalancersResponse.builder()
                    .loadBalancers(page.items().stream().map(this::shown).toList())
                    .nextMarker(page.nextToken())
                    .build());
  }

  private Uni<DescribeLoadBalancerAttributesResponse> attributes(
      DescribeLoadBalancerAttributesRequest request, Caller caller) {
    return describe
        .attributes(required("loadBalancerArn", request.loadBalancerArn()))
        .map(
            all -> DescribeLoadBalancerAttributesResponse.builder().attributes(shown(all)).build());
  }

  private Uni<ModifyLoadBalancerAttributesResponse> setAttributes(
      ModifyLoadBalancerAttributesRequest request, Caller caller) {
    Map<String, String> asked =
        NamedValues.of(
            request.attributes(), LoadBalancerAttribute::key, LoadBalancerAttribute::value);
    return change
        .attributes(required("loadBalancerArn", request.loadBalancerArn()), asked)
        .map(all -> ModifyLoadBalancerAttributesResponse.builder().attributes(shown(all)).build());
  }

  private static List<LoadBalancerAttribute> shown(Map<String, String> attributes) {
    return NamedValues.shapes(
        attributes, (key, value) -> LoadBalancerAttribute.builder().key(key).value(value).build());
  }

  private Uni<SetIpAddressTypeResponse> setAddressType(
      SetIpAddressTypeRequest request, Caller caller) {
    return change
        .ipAddressType(
            required("loadBalancerArn", request.loadBalancerArn()), request.ipAddressTypeAsString())
        .map(
            balancer ->
                SetIpAddressTypeResponse.builder().ipAddressType(balancer.ipAddressType()).build());
  }

  private Uni<SetSecurityGroupsResponse> setGroups(
      SetSecurityGroupsRequest request, Caller caller) {
    return change
        .securityGroups(
            required("loadBalancerArn", request.loadBalancerArn()), request.securityGroups())
        .map(
            balancer ->
                SetSecurityGroupsResponse.builder()
                    .securityGroupIds(balancer.securityGroups())
                    .build());
  }

  private Uni<SetSubnetsResponse> setSubnets(SetSubnetsRequest request, Caller caller) {
    LoadBalancerRequest asked = shapes.record(request, LoadBalancerRequest.class);
    return change
        .subnets(
            required("loadBalancerArn", request.loadBalancerArn()),
            LoadBalancerRules.subnets(asked.subnets(), asked.subnetMappings()),
            asked.ipAddressType())
        .map(
            balancer ->
                SetSubnetsResponse.builder()
                    .availabilityZones(
                        balancer.availabilityZones().stream()
                            .map(
                                zone ->
                                    AvailabilityZone.builder()
                                        .zoneName(zone.zoneName())
                                        .subnetId(zone.subnetId())
                                        .build())
                            .toList())
                    .ipAddressType(balancer.ipAddressType())
                    .build());
  }

  /** No capacity is reserved: a load balancer has its machine's. Tools ask all the same. */
  private Uni<DescribeCapacityReservationResponse> capacity(
      DescribeCapacityReservationRequest request, Caller caller) {
    return describe
        .describe(required("loadBalancerArn", request.loadBalancerArn()))
        .replaceWith(
            DescribeCapacityReservationResponse.builder()
                .decreaseRequestsRemaining(0)
                .capacityReservationState(List.of())
                .build());
  }

  private LoadBalancer shown(LoadBalancerDescription balancer) {
    return shapes.shape(balancer, LoadBalancer.builder(), LoadBalancer.class);
  }
}
