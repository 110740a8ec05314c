package dev.berth.api.application.cluster;

import dev.berth.api.application.capacity.FindCapacityProviders;
import dev.berth.api.application.port.CapacityProviderStore;
import dev.berth.api.application.port.Clusters;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.capacity.CapacityProviders;
import dev.berth.api.domain.capacity.StoredCapacityProvider;
import dev.berth.api.domain.cluster.ClusterChanges;
import dev.berth.api.domain.cluster.ClusterDescription;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.CapacityProvider;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.cluster.ClusterStatus;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** PutClusterCapacityProviders: which capacity providers a cluster uses. */
@ApplicationScoped
public class ClusterCapacityProviders {
  private static final int MOST = 20;

  private final Transactions transactions;
  private final Clusters clusters;
  private final CapacityProviderStore store;
  private final FindCapacityProviders find;
  private final DescribeClusters describe;
  private final Versions versions;
  private final Outbox outbox;

  public ClusterCapacityProviders(
      Transactions transactions,
      Clusters clusters,
      CapacityProviderStore store,
      FindCapacityProviders find,
      DescribeClusters describe,
      Versions versions,
      Outbox outbox) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.store = store;
    this.find = find;
    this.describe = describe;
    this.versions = versions;
    this.outbox = outbox;
  }

  /** Associates a cluster with these capacity providers and no others. */
  public Uni<ClusterDescription> put(
      String nameOrArn, List<String> providers, List<CapacityProviderStrategyItem> strategy) {
    String name = Arns.shortName(nameOrArn);
    return transactions.inTransaction(
        () ->
            clusters
                .lock(name)
                .map(
                    found ->
                        found
                            .filter(cluster -> cluster.status() == ClusterStatus.ACTIVE)
                            .orElseThrow(() -> ActiveCluster.missing(nameOrArn)))
                .chain(
                    cluster ->
                        resolved(providers, strategy)
                            .call(resolved -> refuseRemovalOfUsed(cluster, resolved))
                            .chain(
                                resolved ->
                                    versions
                                        .next()
                                        .map(
                                            version ->
                                                ClusterChanges.withProviders(
                                                    cluster, resolved, strategy, version))))
                .call(clusters::update)
                .call(() -> outbox.changed(Topic.CLUSTER_DESIRED, name, name))
                .chain(describe::described));
  }

  /**
   * The capacity providers of these names or ARNs; fails if one doesn't exist or the strategy is
   * wrong. Within a transaction.
   */
  Uni<List<CapacityProvider>> resolved(
      List<String> namesOrArns, List<CapacityProviderStrategyItem> strategy) {
    List<String> names = namesOrArns == null ? List.of() : namesOrArns.stream().distinct().toList();
    if (names.size() > MOST) {
      throw refused("A cluster cannot have more than 20 capacity providers.");
    }
    CapacityProviders.checkStrategy(strategy, names.stream().map(Arns::shortName).toList());
    return find.named(names)
        .map(
            found ->
                IntStream.range(0, names.size())
                    .mapToObj(i -> usable(names.get(i), found.get(i)))
                    .toList());
  }

  private static CapacityProvider usable(String name, Optional<StoredCapacityProvider> found) {
    return found
        .filter(StoredCapacityProvider::isActive)
        .orElseThrow(
            () ->
                refused(
                    "The specified capacity provider '"
                        + name
                        + "' was not found. Specify an ACTIVE capacity provider and try again."))
        .provider();
  }

  private Uni<Void> refuseRemovalOfUsed(ClusterDesired cluster, List<CapacityProvider> kept) {
    List<String> names = kept.stream().map(CapacityProvider::name).toList();
    return Multi.createFrom()
        .iterable(cluster.capacityProviders())
        .filter(name -> !names.contains(name))
        .onItem()
        .transformToUniAndConcatenate(
            name ->
                store
                    .isUsed(cluster.cluster(), name)
                    .invoke(
                        used -> {
                          if (used) {
                            throw ProblemException.conflict(
                                "ResourceInUseException",
                                "The specified capacity provider is in use and cannot be removed.");
                          }
                        }))
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private static ProblemException refused(String message) {
    return ProblemException.refused("InvalidParameterException", message);
  }
}
