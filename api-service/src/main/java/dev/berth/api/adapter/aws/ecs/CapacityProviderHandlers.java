package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.adapter.aws.ShapeRecords;
import dev.berth.api.application.Page;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.capacity.ChangeCapacityProviders;
import dev.berth.api.application.capacity.FindCapacityProviders;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.capacity.CapacityProviderRequest;
import dev.berth.api.domain.capacity.CapacityProviders;
import dev.berth.api.domain.capacity.StoredCapacityProvider;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;
import dev.berth.contracts.cluster.AutoScalingGroupProvider;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.CapacityProvider;
import software.amazon.awssdk.services.ecs.model.CapacityProviderField;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderResponse;
import software.amazon.awssdk.services.ecs.model.DeleteCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.DeleteCapacityProviderResponse;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.UpdateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.UpdateCapacityProviderResponse;

/** Capacity providers. */
@ApplicationScoped
public class CapacityProviderHandlers implements EcsHandlers {
  private final ChangeCapacityProviders change;
  private final FindCapacityProviders find;
  private final ShapeRecords records;
  private final Identity identity;

  public CapacityProviderHandlers(
      ChangeCapacityProviders change,
      FindCapacityProviders find,
      ShapeRecords records,
      Identity identity) {
    this.change = change;
    this.find = find;
    this.records = records;
    this.identity = identity;
  }

  @Override
  public void register(Registry registry) {
    registry.on(CreateCapacityProviderRequest.class, r -> arns(r.name()), this::create);
    registry.on(
        DescribeCapacityProvidersRequest.class,
        request ->
            request.capacityProviders().isEmpty()
                ? List.of("*")
                : request.capacityProviders().stream().map(this::arn).toList(),
        this::describe);
    registry.on(UpdateCapacityProviderRequest.class, r -> arns(r.name()), this::update);
    registry.on(DeleteCapacityProviderRequest.class, r -> arns(r.capacityProvider()), this::delete);
  }

  private List<String> arns(String nameOrArn) {
    return List.of(nameOrArn == null ? "*" : arn(nameOrArn));
  }

  private String arn(String nameOrArn) {
    return CapacityProviders.arn(Arns.shortName(nameOrArn), identity);
  }

  private Uni<CreateCapacityProviderResponse> create(
      CreateCapacityProviderRequest request, Caller caller) {
    if (request.managedInstancesProvider() != null || request.cluster() != null) {
      throw ProblemException.unsupported(
          "Managed instances are not supported: nobody starts machines here. Use"
              + " autoScalingGroupProvider, whose group is an attribute of container instances.");
    }
    return change
        .create(records.record(request, CapacityProviderRequest.class))
        .map(
            created ->
                CreateCapacityProviderResponse.builder()
                    .capacityProvider(shape(created, true))
                    .build());
  }

  private Uni<DescribeCapacityProvidersResponse> describe(
      DescribeCapacityProvidersRequest request, Caller caller) {
    Set<CapacityProviderField> include =
        Includes.of(request.include(), request.includeAsStrings(), CapacityProviderField.class);
    boolean tags = include.contains(CapacityProviderField.TAGS);
    if (request.capacityProviders().isEmpty()) {
      return find.list(Page.Request.of(request.maxResults(), request.nextToken()))
          .map(
              page ->
                  DescribeCapacityProvidersResponse.builder()
                      .capacityProviders(
                          page.items().stream().map(one -> shape(one, tags)).toList())
                      .failures(List.of())
                      .nextToken(page.nextToken())
                      .build());
    }
    return find.named(request.capacityProviders())
        .map(found -> described(request.capacityProviders(), found, tags));
  }

  private DescribeCapacityProvidersResponse described(
      List<String> names, List<Optional<StoredCapacityProvider>> found, boolean tags) {
    List<CapacityProvider> providers = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (found.get(i).isPresent()) {
        providers.add(shape(found.get(i).get(), tags));
      } else {
        failures.add(Failure.builder().arn(arn(names.get(i))).reason("MISSING").build());
      }
    }
    return DescribeCapacityProvidersResponse.builder()
        .capacityProviders(providers)
        .failures(failures)
        .build();
  }

  private Uni<UpdateCapacityProviderResponse> update(
      UpdateCapacityProviderRequest request, Caller caller) {
    AutoScalingGroupProvider group =
        request.autoScalingGroupProvider() == null
            ? null
            : records.record(request.autoScalingGroupProvider(), AutoScalingGroupProvider.class);
    return change
        .update(Required.member("name", request.name()), group)
        .map(
            updated ->
                UpdateCapacityProviderResponse.builder()
                    .capacityProvider(shape(updated, true))
                    .build());
  }

  private Uni<DeleteCapacityProviderResponse> delete(
      DeleteCapacityProviderRequest request, Caller caller) {
    return change
        .delete(Required.member("capacityProvider", request.capacityProvider()))
        .map(
            deleted ->
                DeleteCapacityProviderResponse.builder()
                    .capacityProvider(shape(deleted, true))
                    .build());
  }

  private CapacityProvider shape(StoredCapacityProvider stored, boolean withTags) {
    return records
        .shape(stored.provider(), CapacityProvider.builder(), CapacityProvider.class)
        .toBuilder()
        .updateStatus(stored.updateStatus())
        .tags(
            withTags
                ? stored.tags().stream()
                    .map(tag -> Tag.builder().key(tag.key()).value(tag.value()).build())
                    .toList()
                : List.of())
        .build();
  }
}
