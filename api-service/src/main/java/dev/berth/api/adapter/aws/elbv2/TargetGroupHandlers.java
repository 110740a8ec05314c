package dev.berth.api.adapter.aws.elbv2;

import static dev.berth.api.adapter.aws.elbv2.LoadBalancerHandlers.page;
import static dev.berth.api.adapter.aws.elbv2.LoadBalancerHandlers.required;

import dev.berth.api.application.access.Caller;
import dev.berth.api.application.loadbalancer.ChangeTargetGroups;
import dev.berth.api.application.loadbalancer.DescribeTargetGroups;
import dev.berth.api.domain.loadbalancer.TargetGroupDescription;
import dev.berth.api.domain.loadbalancer.TargetGroupRequest;
import dev.berth.api.domain.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** Target groups, their attributes and targets. */
@ApplicationScoped
public class TargetGroupHandlers implements LoadBalancingHandlers {
  private final ChangeTargetGroups change;
  private final DescribeTargetGroups describe;
  private final LoadBalancingShapes shapes;

  public TargetGroupHandlers(
      ChangeTargetGroups change, DescribeTargetGroups describe, LoadBalancingShapes shapes) {
    this.change = change;
    this.describe = describe;
    this.shapes = shapes;
  }

  @Override
  public void register(Registry registry) {
    registry.on(CreateTargetGroupRequest.class, this::create);
    registry.on(
        ModifyTargetGroupRequest.class,
        one -> Resources.targetGroup(one.targetGroupArn()),
        this::modify);
    registry.on(
        DeleteTargetGroupRequest.class,
        one -> Resources.targetGroup(one.targetGroupArn()),
        this::delete);
    registry.on(DescribeTargetGroupsRequest.class, this::describe);
    registry.on(DescribeTargetGroupAttributesRequest.class, this::attributes);
    registry.on(
        ModifyTargetGroupAttributesRequest.class,
        one -> Resources.targetGroup(one.targetGroupArn()),
        this::setAttributes);
    registry.on(
        RegisterTargetsRequest.class,
        one -> Resources.targetGroup(one.targetGroupArn()),
        this::register);
    registry.on(
        DeregisterTargetsRequest.class,
        one -> Resources.targetGroup(one.targetGroupArn()),
        this::deregister);
    registry.on(DescribeTargetHealthRequest.class, this::health);
  }

  private Uni<CreateTargetGroupResponse> create(CreateTargetGroupRequest request, Caller caller) {
    TargetGroupRequest asked = shapes.record(request, TargetGroupRequest.class);
    if (asked.targetType() == null || !asked.targetType().equals("lambda")) {
      required("protocol", asked.protocol());
      if (asked.port() == null) {
        throw ProblemException.invalid("port", "is required");
      }
    }
    return change
        .create(asked)
        .map(made -> CreateTargetGroupResponse.builder().targetGroups(shown(made)).build());
  }

  private Uni<ModifyTargetGroupResponse> modify(ModifyTargetGroupRequest request, Caller caller) {
    return change
        .update(
            required("targetGroupArn", request.targetGroupArn()),
            shapes.record(request, TargetGroupRequest.class))
        .map(changed -> ModifyTargetGroupResponse.builder().targetGroups(shown(changed)).build());
  }

  private Uni<DeleteTargetGroupResponse> delete(DeleteTargetGroupRequest request, Caller caller) {
    // As in ELBv2, whose only error here is that it is in use: what isn't there is deleted.
    return change
        .delete(required("targetGroupArn", request.targetGroupArn()))
        .onFailure(
            failure ->
                failure instanceof ProblemException problem
                    && problem.code().equals("TargetGroupNotFoundException"))
        .recoverWithNull()
        .replaceWith(DeleteTargetGroupResponse.builder().build());
  }

  private Uni<DescribeTargetGroupsResponse> describe(
      DescribeTargetGroupsRequest request, Caller caller) {
    List<String> asked =
        Stream.concat(request.targetGroupArns().stream(), request.names().stream()).toList();
    if (asked.isEmpty() && request.loadBalancerArn() == null) {
      return describe
          .list(page(request.marker(), request.pageSize()))
          .map(page -> answer(page.items(), page.nextToken()));
    }
    if (!asked.isEmpty()) {
      return describe.describe(asked).map(found -> answer(found, null));
    }
    return describe
        .ofLoadBalancer(request.loadBalancerArn())
        .map(
            all ->
                Pages.of(
                    all,
                    TargetGroupDescription::targetGroupName,
                    request.marker(),
                    request.pageSize()))
        .map(page -> answer(page.items(), page.nextToken()));
  }

  private DescribeTargetGroupsResponse answer(List<TargetGroupDescription> groups, String marker) {
    return DescribeTargetGroupsResponse.builder()
        .targetGroups(groups.stream().map(this::shown).toList())
        .nextMarker(marker)
        .build();
  }

  private Uni<DescribeTargetGroupAttributesResponse> attributes(
      DescribeTargetGroupAttributesRequest request, Caller caller) {
    return describe
        .attributes(required("targetGroupArn", request.targetGroupArn()))
        .map(all -> DescribeTargetGroupAttributesResponse.builder().attributes(shown(all)).build());
  }

  private Uni<ModifyTargetGroupAttributesResponse> setAttributes(
      ModifyTargetGroupAttributesRequest request, Caller caller) {
    Map<String, String> asked =
        NamedValues.of(
            request.attributes(), TargetGroupAttribute::key, TargetGroupAttribute::value);
    return change
        .attributes(required("targetGroupArn", request.targetGroupArn()), asked)
        .map(all -> ModifyTargetGroupAttributesResponse.builder().attributes(shown(all)).build());
  }

  private static List<TargetGroupAttribute> shown(Map<String, String> attributes) {
    return NamedValues.shapes(
        attributes, (key, value) -> TargetGroupAttribute.builder().key(key).value(value).build());
  }

  private Uni<RegisterTargetsResponse> register(RegisterTargetsRequest request, Caller caller) {
    return change
        .register(required("targetGroupArn", request.targetGroupArn()), targets(request.targets()))
        .replaceWith(RegisterTargetsResponse.builder().build());
  }

  private Uni<DeregisterTargetsResponse> deregister(
      DeregisterTargetsRequest request, Caller caller) {
    return change
        .deregister(
            required("targetGroupArn", request.targetGroupArn()), targets(request.targets()))
        .replaceWith(DeregisterTargetsResponse.builder().build());
  }

  private Uni<DescribeTargetHealthResponse> health(
      DescribeTargetHealthRequest request, Caller caller) {
    String group = required("targetGroupArn", request.targetGroupArn());
    return (request.targets().isEmpty()
            ? describe.health(group)
            : describe.health(group, targets(request.targets())))
        .map(
            all ->
                DescribeTargetHealthResponse.builder()
                    .targetHealthDescriptions(
                        all.stream()
                            .map(
                                one ->
                                    shapes.shape(
                                        one,
                                        TargetHealthDescription.builder(),
                                        TargetHealthDescription.class))
                            .toList())
                    .build());
  }

  private List<dev.berth.api.domain.loadbalancer.TargetDescription> targets(
      List<TargetDescription> targets) {
    return targets.stream()
        .map(one -> shapes.record(one, dev.berth.api.domain.loadbalancer.TargetDescription.class))
        .toList();
  }

  private TargetGroup shown(TargetGroupDescription group) {
    return shapes.shape(group, TargetGroup.builder(), TargetGroup.class);
  }
}
