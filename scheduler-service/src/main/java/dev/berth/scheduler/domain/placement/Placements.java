package dev.berth.scheduler.domain.placement;

import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.RuntimePlatform;
import dev.berth.scheduler.domain.IdSource;
import dev.berth.scheduler.domain.state.ClusterState;
import dev.berth.scheduler.domain.state.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The orders of instances that placement goes by, kept from one decision to the next: to place a
 * task costs what has changed since, not how many instances there are. Requests that differ only in
 * their group share an order; a group with many tasks gets its own.
 */
public final class Placements {
  private static final int LARGE_GROUP = 256;
  private static final int MOST_LEAVES = 1_000_000;
  private static final int LEAST_ORDERS = 8;

  private final ClusterState state;
  private final Map<Shape, Kept> orders = new LinkedHashMap<>(16, 0.75f, true);
  private IdSource ids;

  private Placements(ClusterState state) {
    this.state = state;
  }

  /** The orders that are kept with a cluster's state. */
  public static Placements of(ClusterState state, IdSource ids) {
    Placements placements = state.derived(Placements.class, () -> new Placements(state));
    placements.ids = ids;
    return placements;
  }

  /** Where tasks of a request may go. */
  public Candidates candidates(PlacementRequest request) {
    Collection<InstanceState> holders = state.holdersOf(request.group());
    boolean own =
        holders.size() > LARGE_GROUP
            || request.dependsOnQueriesOfGroup()
            || !InstanceOrder.isSharable(request.strategies());
    Shape shape = Shape.of(request, own);
    Kept kept = orders.get(shape);
    if (kept == null) {
      kept = new Kept(request, own);
      orders.put(shape, kept);
      while (orders.size() > mostOrders()) {
        orders.remove(orders.keySet().iterator().next());
      }
    }
    return new Ordered(kept, request, holders);
  }

  /** Whether one of these instances does: somebody else has chosen them. */
  public Candidates candidates(PlacementRequest request, List<InstanceState> instances) {
    return Candidates.among(instances, new Requirements(request, freshFor()));
  }

  private Duration freshFor() {
    return state.settings().heartbeatFreshFor();
  }

  private int mostOrders() {
    return Math.max(LEAST_ORDERS, MOST_LEAVES / Math.max(1, state.instances().size()));
  }

  /** What two requests must have in common to share an order. */
  private record Shape(
      String group,
      List<Attribute> attributes,
      RuntimePlatform platform,
      Resources needs,
      List<PlacementConstraint> constraints,
      List<PlacementStrategy> strategies,
      String launchType,
      String capacityProvider) {
    static Shape of(PlacementRequest request, boolean own) {
      return new Shape(
          own ? request.group() : null,
          request.definition().requiresAttributes(),
          request.definition().runtimePlatform(),
          request.needs(),
          request.constraints(),
          request.strategies(),
          request.launchType(),
          request.capacityProvider());
    }
  }

  /** An order, and how far it has read the journal. */
  private final class Kept {
    private final Requirements requirements;
    private final PlacementRequest request;
    private final boolean own;
    private InstanceOrder order;
    private long position = -1;

    Kept(PlacementRequest request, boolean own) {
      this.request = request;
      this.own = own;
      this.requirements =
          new Requirements(own ? request : request.withoutDistinctInstance(), freshFor());
    }

    void catchUp(Instant now) {
      requirements.at(now);
      List<InstanceState> changes = position < 0 ? null : state.journal().since(position);
      long reached = state.journal().position();
      if (changes == null || order == null || changes.size() > 2 * state.instances().size() + 16) {
        order =
            new InstanceOrder(
                this::isMember, request.strategies(), own ? request.group() : null, this::random);
        state.instances().forEach(order::update);
      } else {
        changes.forEach(order::update);
      }
      position = reached;
    }

    private long random() {
      return ids.nextRandom();
    }

    private boolean isMember(InstanceState instance) {
      return !isDeregistered(instance) && requirements.metBy(instance);
    }
  }

  private final class Ordered implements Candidates {
    private final Kept kept;
    private final Requirements all;
    private final String group;
    private final Collection<InstanceState> holders;

    Ordered(Kept kept, PlacementRequest request, Collection<InstanceState> holders) {
      this.kept = kept;
      this.all =
          kept.own || !request.dependsOnGroup()
              ? kept.requirements
              : new Requirements(request, freshFor());
      this.group = request.group();
      this.holders = holders;
    }

    @Override
    public InstanceState best(Instant now) {
      kept.catchUp(now);
      all.at(now);
      return kept.order.best(all::metBy, group, holders);
    }

    @Override
    public Refusal refusal(Instant now) {
      all.at(now);
      return Refusals.explain(
          state.instances().stream().filter(instance -> !isDeregistered(instance)).toList(), all);
    }
  }

  private static boolean isDeregistered(InstanceState instance) {
    return (instance.desired() == null && instance.status() == null)
        || instance.wanted() == InstanceStatusName.INACTIVE;
  }
}
