package dev.berth.api.application.fold;

import dev.berth.contracts.loadbalancer.TargetStatus;
import io.smallrye.mutiny.Uni;
import java.util.Collection;

/** The health of targets within a transaction. */
public interface TargetRows {
  /** Writes statuses that are newer than the rows. */
  Uni<Void> save(Collection<TargetStatus> statuses);

  /** Removes the rows of these keys, see {@link dev.berth.contracts.Keys#targetStatus}. */
  Uni<Void> remove(Collection<String> keys);
}
