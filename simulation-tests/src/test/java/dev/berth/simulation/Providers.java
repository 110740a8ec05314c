package dev.berth.simulation;

import dev.berth.contracts.cluster.AutoScalingGroupProvider;
import dev.berth.contracts.cluster.CapacityProvider;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two capacity providers, each of every other machine, and who shares tasks among them how. */
final class Providers {
  static final List<String> NAMES = List.of("steady", "cheap");

  private Providers() {}

  static List<CapacityProvider> details() {
    return NAMES.stream()
        .map(
            name ->
                new CapacityProvider(
                    name,
                    "arn:aws:ecs:us-east-1:000000000000:capacity-provider/" + name,
                    "EC2_AUTOSCALING",
                    "ACTIVE",
                    new AutoScalingGroupProvider(group(name), null, null, null)))
        .toList();
  }

  /** The capacity provider of a machine by its number. */
  static String of(int machine) {
    return NAMES.get(machine % NAMES.size());
  }

  /** The group of machines behind a capacity provider. */
  static String group(String provider) {
    return provider + "-machines";
  }

  /** Every fifth service, of those that need no port of their own, has a strategy. */
  static List<CapacityProviderStrategyItem> strategy(Dice dice, String service) {
    return switch (service) {
      case "service-1", "service-6" -> strategy(dice);
      default -> List.of();
    };
  }

  static List<CapacityProviderStrategyItem> strategy(Dice dice) {
    return switch (dice.below(4)) {
      case 0 -> List.of(new CapacityProviderStrategyItem("cheap", null, null));
      case 1 -> List.of(item("steady", 0, 4), item("cheap", 1, 0));
      default ->
          List.of(item("steady", 1, dice.below(6)), item("cheap", (int) dice.between(1, 4), 0));
    };
  }

  private static CapacityProviderStrategyItem item(String name, int weight, int base) {
    return new CapacityProviderStrategyItem(name, weight, base);
  }

  /**
   * What is wrong with how a service's tasks are shared, or null: each base is met, and what is
   * beyond differs from the weights' share by less than a task.
   */
  static String complaint(List<CapacityProviderStrategyItem> strategy, Map<String, Integer> tasks) {
    int all = tasks.values().stream().mapToInt(Integer::intValue).sum();
    int bases = strategy.stream().mapToInt(Providers::base).sum();
    int weights = strategy.stream().mapToInt(Providers::weight).sum();
    int beyond = Math.max(0, all - bases);
    for (CapacityProviderStrategyItem item : strategy) {
      int has = tasks.getOrDefault(item.capacityProvider(), 0);
      int base = Math.min(base(item), all);
      double share = weights == 0 ? beyond : (double) beyond * weight(item) / weights;
      if (has < base || Math.abs(has - base - share) >= 1) {
        return "shares "
            + new TreeMap<>(tasks)
            + ", and its strategy is "
            + strategy.stream()
                .map(i -> i.capacityProvider() + " base " + i.base() + " weight " + i.weight())
                .toList();
      }
    }
    return null;
  }

  private static int base(CapacityProviderStrategyItem item) {
    return item.base() == null ? 0 : item.base();
  }

  private static int weight(CapacityProviderStrategyItem item) {
    return item.weight() == null ? 0 : item.weight();
  }
}
