package dev.berth.api.application.cluster;

import dev.berth.api.application.port.Clusters;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.cluster.ClusterChanges;
import dev.berth.api.domain.cluster.ClusterDescription;
import dev.berth.api.domain.cluster.ClusterUpdate;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.ClusterStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** UpdateCluster. */
@ApplicationScoped
public class UpdateCluster {
  private final Transactions transactions;
  private final Clusters clusters;
  private final DescribeClusters describe;
  private final Versions versions;
  private final Outbox outbox;

  public UpdateCluster(
      Transactions transactions,
      Clusters clusters,
      DescribeClusters describe,
      Versions versions,
      Outbox outbox) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.describe = describe;
    this.versions = versions;
    this.outbox = outbox;
  }

  public Uni<ClusterDescription> update(String nameOrArn, ClusterUpdate update) {
    String name = Arns.shortName(nameOrArn);
    ClusterChanges.check(name, update.settings(), update.tags()).throwIfAny();
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
                        versions
                            .next()
                            .map(version -> ClusterChanges.updated(cluster, update, version)))
                .call(clusters::update)
                .call(() -> outbox.changed(Topic.CLUSTER_DESIRED, name, name))
                .call(
                    () ->
                        clusters
                            .extras(name)
                            .chain(extras -> clusters.keep(name, extras.updated(update))))
                .chain(describe::described));
  }
}
