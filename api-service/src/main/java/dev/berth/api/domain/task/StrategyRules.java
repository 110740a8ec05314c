package dev.berth.api.domain.task;

import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.cluster.ClusterDesired;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ECS's rules for where capacity comes from (ECS: CapacityProviderStrategyItem). */
public final class StrategyRules {
  private static final int MOST_PROVIDERS = 20;
  private static final Set<String> FARGATE = Set.of("FARGATE", "FARGATE_SPOT");

  private StrategyRules() {}

  /** Where tasks get their capacity from: a launch type, or a strategy, never both. */
  public record Capacity(String launchType, List<CapacityProviderStrategyItem> strategy) {
    /** Whether tasks run as on Fargate. */
    public boolean isFargate() {
      return "FARGATE".equals(launchType)
          || strategy.stream().anyMatch(item -> FARGATE.contains(item.capacityProvider()));
    }
  }

  /** Checks a strategy, which may be null, in itself. */
  public static void check(
      List<CapacityProviderStrategyItem> strategy, String launchType, Violations violations) {
    if (strategy == null || strategy.isEmpty()) {
      return;
    }
    if (launchType != null) {
      throw ProblemException.refused(
          "InvalidParameterException",
          "Specifying both a launch type and capacity provider strategy is not supported. Remove"
              + " one and try again.");
    }
    violations.atMost("capacityProviderStrategy", strategy, MOST_PROVIDERS);
    Set<String> names = new HashSet<>();
    int bases = 0;
    boolean weighted = false;
    boolean fargate = false;
    boolean groups = false;
    for (int i = 0; i < strategy.size(); i++) {
      CapacityProviderStrategyItem item = strategy.get(i);
      String at = "capacityProviderStrategy[" + i + "]";
      if (violations.present(at + ".capacityProvider", item.capacityProvider())) {
        violations.require(
            names.add(item.capacityProvider()), at + ".capacityProvider", "stands there twice");
        boolean ofFargate = FARGATE.contains(item.capacityProvider());
        fargate |= ofFargate;
        groups |= !ofFargate;
      }
      violations.range(at + ".weight", item.weight(), 0, 1000);
      violations.range(at + ".base", item.base(), 0, 100_000);
      bases += item.base() != null && item.base() > 0 ? 1 : 0;
      weighted |= item.weight() != null && item.weight() > 0;
    }
    violations.require(
        bases <= 1, "capacityProviderStrategy", "can have a base for one capacity provider only");
    violations.require(
        weighted || strategy.size() == 1,
        "capacityProviderStrategy",
        "must have at least one capacity provider with a weight greater than zero");
    violations.require(
        !fargate || !groups,
        "capacityProviderStrategy",
        "can't have both Fargate and Auto Scaling group capacity providers");
  }

  /**
   * What counts, with the cluster's default where a request leaves it open.
   *
   * @param strategy may be null; an empty one means the launch type EC2
   */
  public static Capacity of(
      String launchType, List<CapacityProviderStrategyItem> strategy, ClusterDesired cluster) {
    if (strategy != null && !strategy.isEmpty()) {
      List<String> associated = cluster.capacityProviders();
      for (CapacityProviderStrategyItem item : strategy) {
        if (!associated.contains(item.capacityProvider())) {
          throw ProblemException.refused(
              "InvalidParameterException",
              "The specified capacity provider '"
                  + Violations.shortened(item.capacityProvider())
                  + "' is not associated with the cluster.");
        }
      }
      return new Capacity(null, strategy.stream().map(StrategyRules::completed).toList());
    }
    if (launchType != null) {
      return new Capacity(launchType, List.of());
    }
    return strategy == null && !cluster.defaultCapacityProviderStrategy().isEmpty()
        ? new Capacity(null, cluster.defaultCapacityProviderStrategy())
        : new Capacity("EC2", List.of());
  }

  private static CapacityProviderStrategyItem completed(CapacityProviderStrategyItem item) {
    return new CapacityProviderStrategyItem(
        item.capacityProvider(),
        item.weight() == null ? 0 : item.weight(),
        item.base() == null ? 0 : item.base());
  }
}
