package dev.berth.api.application.port;

import dev.berth.api.domain.fold.ClusterEvent;
import io.smallrye.mutiny.Uni;

/** Public events that a use case itself causes. */
public interface PublicEvents {
  /**
   * Appends an event in the transaction that causes it, as the last thing that it does: from here
   * on all others that append wait until it has committed.
   */
  Uni<Void> append(ClusterEvent event);
}
