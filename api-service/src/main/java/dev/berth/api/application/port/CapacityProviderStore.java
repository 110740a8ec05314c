package dev.berth.api.application.port;

import dev.berth.api.domain.capacity.StoredCapacityProvider;
import dev.berth.contracts.cluster.CapacityProvider;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Capacity providers that people created; deleted ones stay to be described. */
public interface CapacityProviderStore {
  Uni<Optional<StoredCapacityProvider>> find(String name);

  /** Finds one and keeps it from changing until the transaction ends. */
  Uni<Optional<StoredCapacityProvider>> lock(String name);

  /** ACTIVE ones in the order of their names. */
  Uni<List<StoredCapacityProvider>> list(String after, int limit);

  /** All ACTIVE ones. */
  Uni<Collection<CapacityProvider>> active();

  Uni<Void> put(StoredCapacityProvider provider);

  /** The names of the ACTIVE clusters that are associated with a provider. */
  Uni<List<String>> clustersOf(String name);

  /** Whether a live service of a cluster, or a live task, was told to use a provider. */
  Uni<Boolean> isUsed(String cluster, String name);

  /** Container instances that say they belong to a group of machines: id and cluster. */
  Uni<List<Member>> membersOf(String group);

  /** A container instance. */
  record Member(String id, String cluster) {}
}
