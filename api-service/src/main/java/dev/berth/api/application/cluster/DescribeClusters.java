package dev.berth.api.application.cluster;

import dev.berth.api.application.Page;
import dev.berth.api.application.port.Clusters;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.cluster.ClusterDescription;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;
import dev.berth.contracts.cluster.ClusterDesired;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** DescribeClusters and ListClusters. */
@ApplicationScoped
public class DescribeClusters {
  private static final int MOST = 100;

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
                .chain(this::described));
  }

  /** One of each name or ARN, or empty, in the order asked for. */
  public Uni<List<Optional<ClusterDescription>>> describe(List<String> namesOrArns) {
    if (namesOrArns.size() > MOST) {
      throw ProblemException.refused(
          "InvalidParameterException", "Clusters cannot have more than 100 elements.");
    }
    return transactions.reading(
        () ->
            Multi.createFrom()
                .iterable(namesOrArns)
                .onItem()
                .transformToUniAndConcatenate(
                    name ->
                        clusters
                            .find(Arns.shortName(name))
                            .chain(
                                found ->
                                    found.isEmpty()
                                        ? Uni.createFrom()
                                            .item(Optional.<ClusterDescription>empty())
                                        : described(found.get()).map(Optional::of)))
                .collect()
                .asList());
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
                            .transformToUniAndConcatenate(this::described)
                            .collect()
                            .asList())
                .map(found -> Page.of(found, request, ClusterDescription::clusterName)));
  }

  /** The ARNs of ACTIVE clusters. */
  public Uni<Page<String>> arns(Page.Request request) {
    return transactions.reading(
        () ->
            clusters
                .list(request.after(), request.probe())
                .map(
                    found ->
                        Page.of(found, request, ClusterDesired::cluster)
                            .map(ClusterDesired::clusterArn)));
  }

  /** A cluster with what it holds. Within a transaction. */
  Uni<ClusterDescription> described(ClusterDesired cluster) {
    return clusters
        .extras(cluster.cluster())
        .chain(
            extras ->
                clusters
                    .count(cluster.cluster())
                    .map(counts -> ClusterDescription.of(cluster, extras, counts)));
  }
}
