package dev.berth.api.domain.instance;

import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.taskdef.Tag;
import java.time.Instant;
import java.util.List;

/**
 * A container instance: what is wanted of it, and what its node said.
 *
 * @param seen the node's own description, or null
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

  public ContainerInstance {
    tags = tags == null ? List.of() : List.copyOf(tags);
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
