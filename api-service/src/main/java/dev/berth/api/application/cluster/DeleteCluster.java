package dev.berth.api.application.cluster;

import dev.berth.api.application.port.Clusters;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.cluster.ClusterChanges;
import dev.berth.api.domain.cluster.ClusterDescription;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.cluster.ClusterStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** DeleteCluster: only an empty one; it stays INACTIVE to be described. */
@ApplicationScoped
public class DeleteCluster {
  private final Transactions transactions;
  private final Clusters clusters;
  private final DescribeClusters describe;
  private final Versions versions;
  private final Outbox outbox;

  public DeleteCluster(
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

  public Uni<ClusterDescription> delete(String nameOrArn) {
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
                .chain(cluster -> clusters.count(name).chain(counts -> end(cluster, counts))));
  }

  private Uni<ClusterDescription> end(ClusterDesired cluster, ClusterDescription.Counts counts) {
    refuse(
        counts.activeServices() + counts.drainingServices(),
        "ClusterContainsServicesException",
        "Services");
    refuse(
        counts.registeredContainerInstances(),
        "ClusterContainsContainerInstancesException",
        "Container Instances");
    refuse(counts.runningTasks() + counts.pendingTasks(), "ClusterContainsTasksException", "Tasks");
    return versions
        .next()
        .map(version -> ClusterChanges.inactive(cluster, version))
        .call(clusters::update)
        .call(() -> outbox.changed(Topic.CLUSTER_DESIRED, cluster.cluster(), cluster.cluster()))
        .chain(describe::described);
  }

  private static void refuse(int count, String code, String what) {
    if (count > 0) {
      throw ProblemException.conflict(
          code,
          "The Cluster cannot be deleted while "
              + what
              + " are active: there are "
              + count
              + " of them.");
    }
  }
}
