package dev.berth.api.application.cluster;

import dev.berth.api.application.port.Clusters;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.cluster.ClusterChanges;
import dev.berth.api.domain.cluster.ClusterDescription;
import dev.berth.api.domain.cluster.ClusterRequest;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.cluster.ClusterStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** CreateCluster: the same name again answers with the cluster that is there. */
@ApplicationScoped
public class CreateCluster {
  private static final String DEFAULT = "default";

  private final Transactions transactions;
  private final Clusters clusters;
  private final ClusterCapacityProviders capacityProviders;
  private final DescribeClusters describe;
  private final Versions versions;
  private final Outbox outbox;
  private final Identity identity;
  private final InstantSource clock;

  public CreateCluster(
      Transactions transactions,
      Clusters clusters,
      ClusterCapacityProviders capacityProviders,
      DescribeClusters describe,
      Versions versions,
      Outbox outbox,
      Identity identity,
      InstantSource clock) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.capacityProviders = capacityProviders;
    this.describe = describe;
    this.versions = versions;
    this.outbox = outbox;
    this.identity = identity;
    this.clock = clock;
  }

  public Uni<ClusterDescription> create(ClusterRequest request) {
    String name = request.clusterName() == null ? DEFAULT : request.clusterName();
    ClusterChanges.check(name, request.settings(), request.tags()).throwIfAny();
    return transactions.inTransaction(
        () ->
            clusters
                .lock(name)
                .chain(
                    found ->
                        found.isPresent() && found.get().status() == ClusterStatus.ACTIVE
                            ? Uni.createFrom().item(found.get())
                            : make(name, request, found.isPresent()))
                .chain(describe::described));
  }

  private Uni<ClusterDesired> make(String name, ClusterRequest request, boolean known) {
    return capacityProviders
        .resolved(request.capacityProviders(), request.defaultCapacityProviderStrategy())
        .chain(
            providers ->
                versions
                    .next()
                    .map(
                        version ->
                            ClusterChanges.created(
                                name, request, providers, identity, version, clock.instant())))
        .call(cluster -> known ? clusters.update(cluster) : clusters.add(cluster))
        .call(() -> clusters.keep(name, request.extras()))
        .call(() -> outbox.changed(Topic.CLUSTER_DESIRED, name, name));
  }
}
