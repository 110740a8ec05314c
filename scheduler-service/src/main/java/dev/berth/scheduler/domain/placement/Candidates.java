package dev.berth.scheduler.domain.placement;

import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.scheduler.domain.IdSource;
import dev.berth.scheduler.domain.state.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The instances that tasks of one request may go to, best first. They are looked at once; each task
 * that is placed costs only what it changes. Between two calls the only thing that may change about
 * the instances is that the task just chosen for was placed.
 */
public final class Candidates {
  private final Collection<InstanceState> instances;
  private final Requirements requirements;
  private final SpreadTree tree;
  private InstanceState chosen;

  private Candidates(
      Collection<InstanceState> instances, Requirements requirements, SpreadTree tree) {
    this.instances = instances;
    this.requirements = requirements;
    this.tree = tree;
  }

  /**
   * Looks at the instances.
   *
   * @param freshFor how old the newest heartbeat may be
   */
  public static Candidates among(
      Collection<InstanceState> all,
      PlacementRequest request,
      Instant now,
      Duration freshFor,
      IdSource ids) {
    List<InstanceState> instances =
        all.stream().filter(instance -> !isDeregistered(instance)).toList();
    Requirements requirements = new Requirements(request, now, freshFor);
    List<PlacementStrategy> strategies = request.strategies();
    SpreadTree tree = new SpreadTree(strategies, request.group(), ids);
    for (InstanceState instance : instances) {
      if (requirements.metBy(instance)) {
        tree.add(instance);
      }
    }
    tree.count(instances);
    return new Candidates(instances, requirements, tree);
  }

  /** The best instance for the next task, or null when none is left. */
  public InstanceState next() {
    if (chosen != null) {
      tree.placed(chosen, requirements.metBy(chosen));
    }
    chosen = tree.best();
    return chosen;
  }

  /** Why none is left. */
  public Refusal refusal() {
    return Refusals.explain(instances, requirements);
  }

  private static boolean isDeregistered(InstanceState instance) {
    return (instance.desired() == null && instance.status() == null)
        || instance.wanted() == InstanceStatusName.INACTIVE;
  }
}
