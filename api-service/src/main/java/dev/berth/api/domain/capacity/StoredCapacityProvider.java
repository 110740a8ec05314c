package dev.berth.api.domain.capacity;

import dev.berth.contracts.cluster.CapacityProvider;
import dev.berth.contracts.taskdef.Tag;
import java.util.List;

/**
 * A capacity provider as it is kept.
 *
 * @param updateStatus what became of the last change, such as {@code CREATE_COMPLETE}
 */
public record StoredCapacityProvider(
    CapacityProvider provider, String updateStatus, List<Tag> tags) {
  public StoredCapacityProvider {
    tags = tags == null ? List.of() : List.copyOf(tags);
  }

  public boolean isActive() {
    return CapacityProviders.ACTIVE.equals(provider.status());
  }
}
