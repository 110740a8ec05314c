package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.adapter.aws.AwsService;
import dev.berth.api.adapter.aws.OperationHandlers;
import dev.berth.api.application.Page;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.cluster.DescribeClusters;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.cluster.ClusterDescription;
import dev.berth.contracts.Arns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;

/** Clusters. */
@ApplicationScoped
public class ClusterHandlers implements OperationHandlers {
  private final DescribeClusters describeClusters;
  private final Identity identity;

  public ClusterHandlers(DescribeClusters describeClusters, Identity identity) {
    this.describeClusters = describeClusters;
    this.identity = identity;
  }

  @Override
  public AwsService service() {
    return EcsService.ECS;
  }

  @Override
  public void register(Registry registry) {
    registry.on(ListClustersRequest.class, this::list);
    registry.on(DescribeClustersRequest.class, this::arns, this::describe);
  }

  private List<String> arns(DescribeClustersRequest request) {
    return names(request.clusters()).stream()
        .map(name -> identity.clusterArn(Arns.shortName(name)))
        .toList();
  }

  private Uni<ListClustersResponse> list(ListClustersRequest request, Caller caller) {
    return describeClusters
        .list(Page.Request.of(request.maxResults(), request.nextToken()))
        .map(
            page ->
                ListClustersResponse.builder()
                    .clusterArns(page.items().stream().map(ClusterDescription::clusterArn).toList())
                    .nextToken(page.nextToken())
                    .build());
  }

  private Uni<DescribeClustersResponse> describe(DescribeClustersRequest request, Caller caller) {
    return describeClusters
        .describe(names(request.clusters()).getFirst())
        .map(
            cluster ->
                DescribeClustersResponse.builder()
                    .clusters(
                        Cluster.builder()
                            .clusterArn(cluster.clusterArn())
                            .clusterName(cluster.clusterName())
                            .status(cluster.status().name())
                            .build())
                    .failures(List.of())
                    .build());
  }

  private static List<String> names(List<String> clusters) {
    return clusters.isEmpty() ? List.of("default") : clusters;
  }
}
