package dev.berth.scheduler.domain.placement;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which capacity provider the next task goes to: first each {@code base} is filled, in order; what
 * is beyond is shared by {@code weight} (ECS: CapacityProviderStrategyItem).
 */
public final class CapacityShares {
  private final List<CapacityProviderStrategyItem> strategy;
  private final Map<String, Integer> counts;

  /**
   * @param counts how many tasks each provider has already
   */
  public CapacityShares(List<CapacityProviderStrategyItem> strategy, Map<String, Integer> counts) {
    this.strategy = List.copyOf(strategy);
    this.counts = new HashMap<>(counts);
  }

  /** The next task's provider, or null where there is no strategy. */
  public String next() {
    for (CapacityProviderStrategyItem item : strategy) {
      if (countOf(item) < base(item)) {
        return item.capacityProvider();
      }
    }
    CapacityProviderStrategyItem best = null;
    for (CapacityProviderStrategyItem item : strategy) {
      if (weight(item) > 0 && (best == null || isLessServed(item, best))) {
        best = item;
      }
    }
    return best == null ? null : best.capacityProvider();
  }

  /** Whether tasks are shared among providers at all. */
  public boolean isGiven() {
    return !strategy.isEmpty();
  }

  /** A task was placed, or waits for this provider's room. */
  public void takes(String provider) {
    if (provider != null) {
      counts.merge(provider, 1, Integer::sum);
    }
  }

  // Compares beyond/weight without dividing.
  private boolean isLessServed(
      CapacityProviderStrategyItem left, CapacityProviderStrategyItem right) {
    return (long) beyond(left) * weight(right) < (long) beyond(right) * weight(left);
  }

  private int beyond(CapacityProviderStrategyItem item) {
    return Math.max(0, countOf(item) - base(item));
  }

  private int countOf(CapacityProviderStrategyItem item) {
    return counts.getOrDefault(item.capacityProvider(), 0);
  }

  private static int base(CapacityProviderStrategyItem item) {
    return item.base() == null ? 0 : item.base();
  }

  /**
   * 0 when absent. Where no provider has a weight there is one only (api-service refuses several),
   * and it gets all tasks.
   */
  private int weight(CapacityProviderStrategyItem item) {
    return isWeighted() ? given(item) : 1;
  }

  private boolean isWeighted() {
    for (CapacityProviderStrategyItem item : strategy) {
      if (given(item) > 0) {
        return true;
      }
    }
    return false;
  }

  private static int given(CapacityProviderStrategyItem item) {
    return item.weight() == null ? 0 : item.weight();
  }
}
