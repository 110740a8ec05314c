package dev.berth.api.domain.instance;

import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.taskdef.Tag;
import java.time.Instant;
import java.util.List;

/**
 * A container instance: what is wanted of it, and what its node said.
 *
 * @param seen the node's own description; what it was registered with while its node hasn't spoken
 *     yet; or null
 * @param heartbeatAt when it was last heard of, or null
 * @param heartbeatIntervalMillis how often it says it speaks, or null
 * @param dockerConnected whether it last reached its Docker Engine, or null if it never said
 */
public record ContainerInstance(
    ContainerInstanceDesired desired,
    ContainerInstanceStatus seen,
    Instant heartbeatAt,
    Long heartbeatIntervalMillis,
    Boolean dockerConnected,
    Instant registeredAt,
    Instant deregisteredAt,
    List<Tag> tags) {
  /** The version of a description that isn't its node's own. */
  static final long BEFORE_ITS_NODE = 0;

  public ContainerInstance {
    tags = tags == null ? List.of() : List.copyOf(tags);
  }

  /** Whether its node has ever spoken; a machine can be registered before. */
  public boolean hasNode() {
    return seen != null && seen.version() > BEFORE_ITS_NODE;
  }

  /** The same instance with another wish. */
  public ContainerInstance with(ContainerInstanceDesired changed) {
    return new ContainerInstance(
        changed,
        seen,
        heartbeatAt,
        heartbeatIntervalMillis,
        dockerConnected,
        registeredAt,
        deregisteredAt,
        tags);
  }
}
