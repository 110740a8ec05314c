package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.adapter.aws.ShapeRecords;
import dev.berth.api.application.Page;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.instance.ChangeContainerInstance;
import dev.berth.api.application.instance.DescribeContainerInstances;
import dev.berth.api.application.instance.RegisterContainerInstance;
import dev.berth.api.domain.instance.ContainerInstanceDescription;
import dev.berth.api.domain.instance.InstanceRegistration;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.instance.InstanceStatusName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceField;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceHealthStatus;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.RegisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterContainerInstanceResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.UpdateContainerAgentRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerAgentResponse;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateResponse;

/** Container instances. */
@ApplicationScoped
public class ContainerInstanceHandlers implements EcsHandlers {
  private final RegisterContainerInstance register;
  private final DescribeContainerInstances describe;
  private final ChangeContainerInstance change;
  private final ShapeRecords records;
  private final EcsNames names;

  public ContainerInstanceHandlers(
      RegisterContainerInstance register,
      DescribeContainerInstances describe,
      ChangeContainerInstance change,
      ShapeRecords records,
      EcsNames names) {
    this.register = register;
    this.describe = describe;
    this.change = change;
    this.records = records;
    this.names = names;
  }

  @Override
  public void register(Registry registry) {
    registry.on(
        RegisterContainerInstanceRequest.class,
        request -> List.of(names.clusterArn(request.cluster())),
        this::registered);
    registry.on(
        DescribeContainerInstancesRequest.class,
        request -> names.instances(request.cluster(), request.containerInstances()),
        this::describe);
    registry.on(
        ListContainerInstancesRequest.class,
        request -> List.of(names.clusterArn(request.cluster())),
        this::list);
    registry.on(
        UpdateContainerInstancesStateRequest.class,
        request -> names.instances(request.cluster(), request.containerInstances()),
        this::update);
    registry.refused(
        UpdateContainerAgentRequest.class,
        request -> names.instances(request.cluster(), orNone(request.containerInstance())),
        this::updateAgent,
        "There is no container agent to update: a node is updated by starting its newer version.");
    registry.on(
        DeregisterContainerInstanceRequest.class,
        request -> List.of(names.clusterArn(request.cluster())),
        this::deregister);
  }

  private Uni<RegisterContainerInstanceResponse> registered(
      RegisterContainerInstanceRequest request, Caller caller) {
    return register
        .register(
            names.cluster(request.cluster()), records.record(request, InstanceRegistration.class))
        .map(
            one ->
                RegisterContainerInstanceResponse.builder()
                    .containerInstance(shape(one, all()))
                    .build());
  }

  private Uni<DescribeContainerInstancesResponse> describe(
      DescribeContainerInstancesRequest request, Caller caller) {
    Set<ContainerInstanceField> include =
        Includes.of(request.include(), request.includeAsStrings(), ContainerInstanceField.class);
    return describe
        .describe(names.cluster(request.cluster()), request.containerInstances())
        .map(
            found ->
                DescribeContainerInstancesResponse.builder()
                    .containerInstances(
                        found.items().stream().map(one -> shape(one, include)).toList())
                    .failures(EcsFailures.of(found))
                    .build());
  }

  private Uni<ListContainerInstancesResponse> list(
      ListContainerInstancesRequest request, Caller caller) {
    return describe
        .list(
            names.cluster(request.cluster()),
            request.filter(),
            request.statusAsString(),
            Page.Request.of(request.maxResults(), request.nextToken()))
        .map(
            page ->
                ListContainerInstancesResponse.builder()
                    .containerInstanceArns(
                        page.items().stream()
                            .map(ContainerInstanceDescription::containerInstanceArn)
                            .toList())
                    .nextToken(page.nextToken())
                    .build());
  }

  private Uni<UpdateContainerInstancesStateResponse> update(
      UpdateContainerInstancesStateRequest request, Caller caller) {
    return change
        .status(
            names.cluster(request.cluster()),
            request.containerInstances(),
            status(request.statusAsString()))
        .map(
            found ->
                UpdateContainerInstancesStateResponse.builder()
                    .containerInstances(
                        found.items().stream().map(one -> shape(one, all())).toList())
                    .failures(EcsFailures.of(found))
                    .build());
  }

  private Uni<UpdateContainerAgentResponse> updateAgent(
      UpdateContainerAgentRequest request, Caller caller) {
    return change
        .updateAgent(
            names.cluster(request.cluster()),
            Required.member("containerInstance", request.containerInstance()))
        .map(
            one ->
                UpdateContainerAgentResponse.builder()
                    .containerInstance(shape(one, all()))
                    .build());
  }

  private Uni<DeregisterContainerInstanceResponse> deregister(
      DeregisterContainerInstanceRequest request, Caller caller) {
    return change
        .deregister(
            names.cluster(request.cluster()),
            Required.member("containerInstance", request.containerInstance()),
            Boolean.TRUE.equals(request.force()))
        .map(
            one ->
                DeregisterContainerInstanceResponse.builder()
                    .containerInstance(shape(one, all()))
                    .build());
  }

  private ContainerInstance shape(
      ContainerInstanceDescription description, Set<ContainerInstanceField> include) {
    ContainerInstance.Builder shape =
        records
            .shape(description, ContainerInstance.builder(), ContainerInstance.class)
            .toBuilder();
    if (!include.contains(ContainerInstanceField.TAGS)) {
      shape.tags((Collection<Tag>) null);
    }
    if (!include.contains(ContainerInstanceField.CONTAINER_INSTANCE_HEALTH)) {
      shape.healthStatus((ContainerInstanceHealthStatus) null);
    }
    return shape.build();
  }

  private static Set<ContainerInstanceField> all() {
    return EnumSet.of(ContainerInstanceField.TAGS);
  }

  private static InstanceStatusName status(String text) {
    for (InstanceStatusName one : InstanceStatusName.values()) {
      if (one.name().equals(text)) {
        return one;
      }
    }
    throw ProblemException.refused(
        "InvalidParameterException",
        "Container instance status should be one of [ACTIVE,DRAINING]");
  }

  private static List<String> orNone(String one) {
    return one == null ? List.of() : List.of(one);
  }
}
