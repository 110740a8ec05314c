package dev.berth.api.application.events;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** The public events that are kept. */
public interface StoredEvents {
  /**
   * Events after a position, in order.
   *
   * @param cluster only events of this cluster; null for all
   */
  Uni<List<StoredEvent>> after(long position, String cluster, int limit);

  /** The position of the newest event, 0 when there is none. */
  Uni<Long> newest();
}
