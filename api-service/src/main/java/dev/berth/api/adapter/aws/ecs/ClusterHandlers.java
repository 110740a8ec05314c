package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.adapter.aws.ShapeRecords;
import dev.berth.api.application.Page;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.cluster.ClusterCapacityProviders;
import dev.berth.api.application.cluster.CreateCluster;
import dev.berth.api.application.cluster.DeleteCluster;
import dev.berth.api.application.cluster.DescribeClusters;
import dev.berth.api.application.cluster.UpdateCluster;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.cluster.ClusterChanges;
import dev.berth.api.domain.cluster.ClusterDescription;
import dev.berth.api.domain.cluster.ClusterRequest;
import dev.berth.api.domain.cluster.ClusterUpdate;
import dev.berth.contracts.Arns;
import dev.berth.contracts.cluster.Setting;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterConfiguration;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.ClusterServiceConnectDefaults;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterResponse;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.UpdateClusterRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterResponse;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsResponse;

/** Clusters. */
@ApplicationScoped
public class ClusterHandlers implements EcsHandlers {
  private static final String DEFAULT = "default";
  private static final Set<ClusterField> EVERYTHING = EnumSet.allOf(ClusterField.class);

  private final CreateCluster create;
  private final DescribeClusters describe;
  private final UpdateCluster update;
  private final DeleteCluster delete;
  private final ClusterCapacityProviders capacityProviders;
  private final ShapeRecords records;
  private final Identity identity;

  public ClusterHandlers(
      CreateCluster create,
      DescribeClusters describe,
      UpdateCluster update,
      DeleteCluster delete,
      ClusterCapacityProviders capacityProviders,
      ShapeRecords records,
      Identity identity) {
    this.create = create;
    this.describe = describe;
    this.update = update;
    this.delete = delete;
    this.capacityProviders = capacityProviders;
    this.records = records;
    this.identity = identity;
  }

  @Override
  public void register(Registry registry) {
    registry.on(CreateClusterRequest.class, request -> arns(request.clusterName()), this::create);
    registry.on(ListClustersRequest.class, this::list);
    registry.on(
        DescribeClustersRequest.class,
        request -> names(request.clusters()).stream().flatMap(name -> arns(name).stream()).toList(),
        this::describe);
    registry.on(UpdateClusterRequest.class, request -> arns(request.cluster()), this::update);
    registry.on(
        UpdateClusterSettingsRequest.class,
        request -> arns(request.cluster()),
        this::updateSettings);
    registry.on(
        PutClusterCapacityProvidersRequest.class,
        request -> arns(request.cluster()),
        this::putCapacityProviders);
    registry.on(DeleteClusterRequest.class, request -> arns(request.cluster()), this::delete);
  }

  private List<String> arns(String nameOrArn) {
    return List.of(arn(nameOrArn == null ? DEFAULT : nameOrArn));
  }

  private String arn(String nameOrArn) {
    return identity.clusterArn(Arns.shortName(nameOrArn));
  }

  private Uni<CreateClusterResponse> create(CreateClusterRequest request, Caller caller) {
    return create
        .create(records.record(request, ClusterRequest.class))
        .map(
            cluster -> CreateClusterResponse.builder().cluster(shape(cluster, EVERYTHING)).build());
  }

  private Uni<ListClustersResponse> list(ListClustersRequest request, Caller caller) {
    return describe
        .arns(Page.Request.of(request.maxResults(), request.nextToken()))
        .map(
            page ->
                ListClustersResponse.builder()
                    .clusterArns(page.items())
                    .nextToken(page.nextToken())
                    .build());
  }

  private Uni<DescribeClustersResponse> describe(DescribeClustersRequest request, Caller caller) {
    List<String> names = names(request.clusters());
    Set<ClusterField> include =
        Includes.of(request.include(), request.includeAsStrings(), ClusterField.class);
    return describe.describe(names).map(found -> described(names, found, include));
  }

  private DescribeClustersResponse described(
      List<String> names, List<Optional<ClusterDescription>> found, Set<ClusterField> include) {
    List<Cluster> clusters = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (found.get(i).isPresent()) {
        clusters.add(shape(found.get(i).get(), include));
      } else {
        failures.add(Failure.builder().arn(arn(names.get(i))).reason("MISSING").build());
      }
    }
    return DescribeClustersResponse.builder().clusters(clusters).failures(failures).build();
  }

  private Uni<UpdateClusterResponse> update(UpdateClusterRequest request, Caller caller) {
    return update
        .update(
            Required.member("cluster", request.cluster()),
            records.record(request, ClusterUpdate.class))
        .map(
            cluster -> UpdateClusterResponse.builder().cluster(shape(cluster, EVERYTHING)).build());
  }

  private Uni<UpdateClusterSettingsResponse> updateSettings(
      UpdateClusterSettingsRequest request, Caller caller) {
    Required.list("settings", request.settings());
    List<Setting> settings =
        request.settings().stream()
            .map(setting -> new Setting(setting.nameAsString(), setting.value()))
            .toList();
    return update
        .update(Required.member("cluster", request.cluster()), ClusterUpdate.of(settings))
        .map(
            cluster ->
                UpdateClusterSettingsResponse.builder()
                    .cluster(shape(cluster, EVERYTHING))
                    .build());
  }

  private Uni<PutClusterCapacityProvidersResponse> putCapacityProviders(
      PutClusterCapacityProvidersRequest request, Caller caller) {
    Required.present("capacityProviders", request.hasCapacityProviders());
    Required.present(
        "defaultCapacityProviderStrategy", request.hasDefaultCapacityProviderStrategy());
    return capacityProviders
        .put(
            Required.member("cluster", request.cluster()),
            request.capacityProviders(),
            request.defaultCapacityProviderStrategy().stream()
                .map(ClusterHandlers::strategyItem)
                .toList())
        .map(
            cluster ->
                PutClusterCapacityProvidersResponse.builder()
                    .cluster(shape(cluster, EVERYTHING))
                    .build());
  }

  private Uni<DeleteClusterResponse> delete(DeleteClusterRequest request, Caller caller) {
    return delete
        .delete(Required.member("cluster", request.cluster()))
        .map(
            cluster -> DeleteClusterResponse.builder().cluster(shape(cluster, EVERYTHING)).build());
  }

  private Cluster shape(ClusterDescription cluster, Set<ClusterField> include) {
    Cluster.Builder shape =
        Cluster.builder()
            .clusterArn(cluster.clusterArn())
            .clusterName(cluster.clusterName())
            .status(cluster.status().name())
            .registeredContainerInstancesCount(cluster.registeredContainerInstancesCount())
            .runningTasksCount(cluster.runningTasksCount())
            .pendingTasksCount(cluster.pendingTasksCount())
            .activeServicesCount(cluster.activeServicesCount())
            .statistics(List.of())
            .tags(List.of())
            .settings(List.of())
            .capacityProviders(cluster.capacityProviders())
            .defaultCapacityProviderStrategy(
                cluster.defaultCapacityProviderStrategy().stream()
                    .map(item -> shape(item, CapacityProviderStrategyItem.builder()))
                    .toList());
    if (cluster.serviceConnectDefaults() != null) {
      shape.serviceConnectDefaults(
          records.shape(
              cluster.serviceConnectDefaults(),
              ClusterServiceConnectDefaults.builder(),
              ClusterServiceConnectDefaults.class));
    }
    if (include.contains(ClusterField.CONFIGURATIONS) && cluster.configuration() != null) {
      shape.configuration(
          records.shape(
              cluster.configuration(), ClusterConfiguration.builder(), ClusterConfiguration.class));
    }
    if (include.contains(ClusterField.SETTINGS)) {
      shape.settings(
          ClusterChanges.effective(cluster.settings()).stream()
              .map(
                  setting ->
                      ClusterSetting.builder().name(setting.name()).value(setting.value()).build())
              .toList());
    }
    if (include.contains(ClusterField.STATISTICS)) {
      shape.statistics(
          cluster.statistics().entrySet().stream()
              .map(
                  one ->
                      KeyValuePair.builder()
                          .name(one.getKey())
                          .value(one.getValue().toString())
                          .build())
              .toList());
    }
    if (include.contains(ClusterField.TAGS)) {
      shape.tags(
          cluster.tags().stream()
              .map(tag -> Tag.builder().key(tag.key()).value(tag.value()).build())
              .toList());
    }
    if (include.contains(ClusterField.ATTACHMENTS) && !cluster.capacityProviders().isEmpty()) {
      shape.attachments(List.of()).attachmentsStatus("UPDATE_COMPLETE");
    }
    return shape.build();
  }

  private static CapacityProviderStrategyItem shape(
      dev.berth.contracts.cluster.CapacityProviderStrategyItem item,
      CapacityProviderStrategyItem.Builder shape) {
    return shape
        .capacityProvider(item.capacityProvider())
        .weight(item.weight() == null ? 0 : item.weight())
        .base(item.base() == null ? 0 : item.base())
        .build();
  }

  private static dev.berth.contracts.cluster.CapacityProviderStrategyItem strategyItem(
      CapacityProviderStrategyItem item) {
    return new dev.berth.contracts.cluster.CapacityProviderStrategyItem(
        item.capacityProvider(), item.weight(), item.base());
  }

  private static List<String> names(List<String> clusters) {
    return clusters.isEmpty() ? List.of(DEFAULT) : clusters;
  }
}
