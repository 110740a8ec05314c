package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.application.Page;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.instance.InstanceAttributes;
import dev.berth.api.domain.Identity;
import dev.berth.contracts.Arns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.DeleteAttributesRequest;
import software.amazon.awssdk.services.ecs.model.DeleteAttributesResponse;
import software.amazon.awssdk.services.ecs.model.ListAttributesRequest;
import software.amazon.awssdk.services.ecs.model.ListAttributesResponse;
import software.amazon.awssdk.services.ecs.model.PutAttributesRequest;
import software.amazon.awssdk.services.ecs.model.PutAttributesResponse;

/** Attributes of container instances. */
@ApplicationScoped
public class AttributeHandlers implements EcsHandlers {
  private static final String DEFAULT = "default";

  private final InstanceAttributes attributes;
  private final Identity identity;

  public AttributeHandlers(InstanceAttributes attributes, Identity identity) {
    this.attributes = attributes;
    this.identity = identity;
  }

  @Override
  public void register(Registry registry) {
    registry.on(
        PutAttributesRequest.class,
        request -> instances(request.cluster(), request.attributes()),
        this::put);
    registry.on(
        DeleteAttributesRequest.class,
        request -> instances(request.cluster(), request.attributes()),
        this::delete);
    registry.on(
        ListAttributesRequest.class,
        request -> List.of(identity.clusterArn(Arns.shortName(cluster(request.cluster())))),
        this::list);
  }

  private List<String> instances(String cluster, List<Attribute> attributes) {
    String clusterArn = identity.clusterArn(Arns.shortName(cluster(cluster)));
    List<String> arns =
        attributes.stream()
            .map(Attribute::targetId)
            .map(id -> Arns.containerInstance(clusterArn, id == null ? "*" : Arns.shortName(id)))
            .distinct()
            .toList();
    return arns.isEmpty() ? List.of(Arns.containerInstance(clusterArn, "*")) : arns;
  }

  private static String cluster(String nameOrArn) {
    return nameOrArn == null ? DEFAULT : nameOrArn;
  }

  private Uni<PutAttributesResponse> put(PutAttributesRequest request, Caller caller) {
    return attributes
        .put(cluster(request.cluster()), records(request.attributes()))
        .map(put -> PutAttributesResponse.builder().attributes(request.attributes()).build());
  }

  private Uni<DeleteAttributesResponse> delete(DeleteAttributesRequest request, Caller caller) {
    return attributes
        .delete(cluster(request.cluster()), records(request.attributes()))
        .map(gone -> DeleteAttributesResponse.builder().attributes(request.attributes()).build());
  }

  private Uni<ListAttributesResponse> list(ListAttributesRequest request, Caller caller) {
    String clusterArn = identity.clusterArn(Arns.shortName(cluster(request.cluster())));
    return attributes
        .list(
            cluster(request.cluster()),
            request.targetTypeAsString(),
            request.attributeName(),
            request.attributeValue(),
            Page.Request.of(request.maxResults(), request.nextToken()))
        .map(
            page ->
                ListAttributesResponse.builder()
                    .attributes(
                        page.items().stream()
                            .map(
                                one ->
                                    Attribute.builder()
                                        .name(one.name())
                                        .value(one.value())
                                        .targetId(
                                            Arns.containerInstance(clusterArn, one.targetId()))
                                        .build())
                            .toList())
                    .nextToken(page.nextToken())
                    .build());
  }

  private static List<dev.berth.contracts.taskdef.Attribute> records(List<Attribute> attributes) {
    return attributes.stream()
        .map(
            one ->
                new dev.berth.contracts.taskdef.Attribute(
                    one.name(), one.value(), one.targetTypeAsString(), one.targetId()))
        .toList();
  }
}
