package dev.berth.api.application.cluster;

import dev.berth.api.application.port.Clusters;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.Arns;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.cluster.ClusterStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds the cluster that a request names, by name or ARN. */
@ApplicationScoped
public class ActiveCluster {
  private final Clusters clusters;

  public ActiveCluster(Clusters clusters) {
    this.clusters = clusters;
  }

  /** The cluster; a ClusterNotFoundException if there is none or it is INACTIVE. */
  public Uni<ClusterDesired> named(String nameOrArn) {
    return clusters
        .find(Arns.shortName(nameOrArn))
        .map(
            found ->
                found
                    .filter(cluster -> cluster.status() == ClusterStatus.ACTIVE)
                    .orElseThrow(() -> missing(nameOrArn)));
  }

  /** The answer to a name or ARN that no ACTIVE cluster has. */
  public static ProblemException missing(String nameOrArn) {
    return ProblemException.notFound(
        "ClusterNotFoundException",
        "Cluster not found: there is no ACTIVE cluster "
            + Violations.shortened(Arns.shortName(nameOrArn))
            + ".");
  }
}
