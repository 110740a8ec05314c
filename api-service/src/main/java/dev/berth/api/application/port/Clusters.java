package dev.berth.api.application.port;

import dev.berth.api.domain.cluster.ClusterDescription;
import dev.berth.api.domain.cluster.ClusterExtras;
import dev.berth.contracts.cluster.ClusterDesired;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** The clusters that were ever created. */
public interface Clusters {
  Uni<Optional<ClusterDesired>> find(String name);

  /** Finds a cluster and keeps it from changing until the transaction ends. */
  Uni<Optional<ClusterDesired>> lock(String name);

  Uni<List<ClusterDesired>> list(String after, int limit);

  Uni<Void> add(ClusterDesired cluster);

  Uni<Void> update(ClusterDesired cluster);

  /** What only describes a cluster. */
  Uni<ClusterExtras> extras(String name);

  /** Keeps what only describes a cluster, in place of what was kept. */
  Uni<Void> keep(String name, ClusterExtras extras);

  /** How many live services, live tasks and registered container instances each cluster has. */
  Uni<ClusterDescription.Counts> count(String name);
}
