package dev.berth.api.application.fold;

import dev.berth.contracts.loadbalancer.TargetStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** Keeps how load balancers see their targets. */
@ApplicationScoped
public class FoldTargetStatuses {
  private final Folding folding;

  public FoldTargetStatuses(Folding folding) {
    this.folding = folding;
  }

  /**
   * Folds one batch.
   *
   * @param statuses the newest status of each key that has one
   * @param removed the keys whose newest record is a tombstone
   */
  public Uni<Void> fold(List<TargetStatus> statuses, Collection<String> removed) {
    return folding.run(
        "target-status",
        rows ->
            rows.targets()
                .save(statuses)
                .chain(() -> rows.targets().remove(removed))
                .replaceWith(FoldEffects.NONE));
  }
}
