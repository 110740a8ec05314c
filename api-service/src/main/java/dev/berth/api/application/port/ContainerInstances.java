package dev.berth.api.application.port;

import dev.berth.api.domain.instance.ContainerInstance;
import dev.berth.contracts.taskdef.Tag;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Container instances; a deregistered one stays findable for a while. */
public interface ContainerInstances {
  Uni<Optional<ContainerInstance>> find(String cluster, String id);

  /** The instances of these ids that exist in a cluster, in no order. */
  Uni<List<ContainerInstance>> find(String cluster, Collection<String> ids);

  /** Gives an instance other tags. */
  Uni<Void> retag(String id, List<Tag> tags);

  Uni<Optional<ContainerInstance>> lock(String cluster, String id);

  /**
   * Instances in the order of their ids.
   *
   * @param status ACTIVE, DRAINING or INACTIVE; null lists all that aren't INACTIVE
   */
  Uni<List<ContainerInstance>> list(String cluster, String status, String after, int limit);

  /** Writes a machine as it was registered; what a node said since it spoke first stays. */
  Uni<Void> register(ContainerInstance instance);

  /** Writes the wish; what was seen is the folds' business. */
  Uni<Void> update(ContainerInstance instance);
}
