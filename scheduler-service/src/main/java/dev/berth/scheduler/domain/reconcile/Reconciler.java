package dev.berth.scheduler.domain.reconcile;

import dev.berth.scheduler.domain.IdSource;
import dev.berth.scheduler.domain.Plan;
import dev.berth.scheduler.domain.state.ClusterState;
import java.time.Instant;
import java.util.List;

/**
 * Decides what has to be done in a cluster. A function of the state, the time and the ids it is
 * given: the same three give the same plan.
 */
public final class Reconciler {
  private Reconciler() {}

  /**
   * Looks at what changed since the last plan and at what is due. The state has folded the plan
   * when this returns; if the plan can't be written, the state is worth nothing any more and has to
   * be built again from the log.
   */
  public static Plan plan(ClusterState state, Instant now, IdSource ids) {
    if (state.hearing().caughtUpAt() == null) {
      return new Plan(List.of(), null);
    }
    return new Plan(List.of(), state.attention().next());
  }

  /** Looks at everything. */
  public static Plan planAll(ClusterState state, Instant now, IdSource ids) {
    state.lookAtEverything();
    return plan(state, now, ids);
  }
}
