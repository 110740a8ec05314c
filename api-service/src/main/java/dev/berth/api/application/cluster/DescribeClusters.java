package dev.berth.api.application.cluster;

import dev.berth.api.application.Page;
import dev.berth.api.application.port.Clusters;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.cluster.ClusterDescription;
import dev.berth.contracts.Arns;
import dev.berth.contracts.cluster.ClusterDesired;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** DescribeClusters and ListClusters. */
@ApplicationScoped
public class DescribeClusters {
  private final Transactions transactions;
  private final Clusters clusters;

  public DescribeClusters(Transactions transactions, Clusters clusters) {
    this.transactions = transactions;
    this.clusters = clusters;
  }

  public Uni<ClusterDescription> describe(String nameOrArn) {
    return transactions.reading(
        () ->
            clusters
                .find(Arns.shortName(nameOrArn))
                .map(found -> found.orElseThrow(() -> ActiveCluster.missing(nameOrArn)))
                .chain(this::counted));
  }

  public Uni<Page<ClusterDescription>> list(Page.Request request) {
    return transactions.reading(
        () ->
            clusters
                .list(request.after(), request.probe())
                .chain(
                    found ->
                        Multi.createFrom()
                            .iterable(found)
                            .onItem()
                            .transformToUniAndConcatenate(this::counted)
                            .collect()
                            .asList())
                .map(found -> Page.of(found, request, ClusterDescription::clusterName)));
  }

  private Uni<ClusterDescription> counted(ClusterDesired cluster) {
    return clusters.count(cluster.cluster()).map(counts -> ClusterDescription.of(cluster, counts));
  }
}
