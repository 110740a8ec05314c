package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.scheduler.domain.placement.SpreadField;
import dev.berth.scheduler.domain.state.InstanceState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The order in which tasks of a service are stopped, so that what is left stands as the placement
 * strategies would have it: those that aren't healthy first, then from the zone (or what else is
 * spread over) with most tasks, then from the least packed instance, the newest first (ECS: task
 * placement strategies, scale-in).
 */
final class Victims {
  private final List<Member> left;
  private final List<Member> all;
  private final List<PlacementStrategy> strategies;
  private final List<CapacityProviderStrategyItem> shares;
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Integer> ofProvider = new HashMap<>(2);
  private boolean counted;

  /**
   * @param candidates may be stopped
   * @param all tasks of the service, by which balance is measured; they are counted when the first
   *     victim is asked for, since most looks at a service ask for none
   * @param strategies the service's; empty means zones, then instances
   * @param shares the service's capacity provider strategy; a base is the last to go (ECS:
   *     CapacityProviderStrategyItem, base). Empty where it isn't for those that stay.
   */
  Victims(
      List<Member> candidates,
      List<Member> all,
      List<PlacementStrategy> strategies,
      List<CapacityProviderStrategyItem> shares) {
    this.left = new ArrayList<>(candidates);
    this.all = all;
    this.shares = shares;
    this.strategies = strategies.isEmpty() ? SpreadField.DEFAULT : strategies;
  }

  private void count(Member member, int by) {
    if (!shares.isEmpty()) {
      ofProvider.merge(providerOf(member), by, Integer::sum);
    }
    for (PlacementStrategy strategy : strategies) {
      if (isSpread(strategy)) {
        counts.merge(place(strategy, member), by, Integer::sum);
      }
    }
  }

  /** The next to stop, or null. */
  Member next() {
    if (left.isEmpty()) {
      return null;
    }
    if (!counted) {
      all.forEach(member -> count(member, 1));
      counted = true;
    }
    Member victim = left.stream().min(order()).orElseThrow();
    left.remove(victim);
    count(victim, -1);
    return victim;
  }

  private Comparator<Member> order() {
    Comparator<Member> order =
        Comparator.<Member>comparingInt(member -> member.isHealthy() ? 1 : 0)
            .thenComparingInt(member -> member.leaving() ? 0 : 1)
            .thenComparingInt(member -> isOfBase(member) ? 1 : 0);
    for (PlacementStrategy strategy : strategies) {
      if (isSpread(strategy)) {
        order = order.thenComparingInt(member -> -counts.get(place(strategy, member)));
      } else if ("cpu".equalsIgnoreCase(strategy.field())) {
        order = order.thenComparingLong(member -> -free(member, InstanceState::freeCpu));
      } else if ("binpack".equalsIgnoreCase(strategy.type())) {
        order = order.thenComparingLong(member -> -free(member, InstanceState::freeMemory));
      }
    }
    return order
        .thenComparingLong(member -> -free(member, InstanceState::freeMemory))
        .thenComparing(
            member -> member.task().assignment().createdAt(),
            Comparator.nullsFirst(Comparator.reverseOrder()))
        .thenComparing(member -> member.task().taskId());
  }

  private boolean isOfBase(Member member) {
    for (CapacityProviderStrategyItem item : shares) {
      if (item.base() != null && item.capacityProvider().equals(providerOf(member))) {
        return ofProvider.get(item.capacityProvider()) <= item.base();
      }
    }
    return false;
  }

  private static String providerOf(Member member) {
    String provider = member.task().assignment().capacityProviderName();
    return provider == null ? "" : provider;
  }

  private static boolean isSpread(PlacementStrategy strategy) {
    return "spread".equalsIgnoreCase(strategy.type());
  }

  private static String place(PlacementStrategy strategy, Member member) {
    return strategy.field()
        + "="
        + (member.instance() == null ? "" : SpreadField.value(strategy.field(), member.instance()));
  }

  private static long free(Member member, ToLongFunction<InstanceState> of) {
    return member.instance() == null ? 0 : of.applyAsLong(member.instance());
  }
}
