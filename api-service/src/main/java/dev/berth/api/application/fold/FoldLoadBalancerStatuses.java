package dev.berth.api.application.fold;

import dev.berth.contracts.loadbalancer.LoadBalancerStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** Keeps how lb-services serve load balancers. */
@ApplicationScoped
public class FoldLoadBalancerStatuses {
  private final Folding folding;

  public FoldLoadBalancerStatuses(Folding folding) {
    this.folding = folding;
  }

  /**
   * Folds one batch.
   *
   * @param statuses the newest status of each key that has one
   * @param removed the keys whose newest record is a tombstone
   */
  public Uni<Void> fold(List<LoadBalancerStatus> statuses, Collection<String> removed) {
    return folding.run(
        "load-balancer-status",
        rows ->
            rows.loadBalancers()
                .save(statuses)
                .chain(() -> rows.loadBalancers().remove(removed))
                .replaceWith(FoldEffects.NONE));
  }
}
