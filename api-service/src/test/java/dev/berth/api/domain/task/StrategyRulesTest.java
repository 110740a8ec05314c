package dev.berth.api.domain.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ECS: CapacityProviderStrategyItem, weight. */
class StrategyRulesTest {
  private static boolean isRefused(CapacityProviderStrategyItem... items) {
    Violations violations = new Violations();
    StrategyRules.check(List.of(items), null, violations);
    return !violations.isEmpty();
  }

  @Test
  void oneOfSeveralProvidersHasAWeightAboveZero() {
    CapacityProviderStrategyItem weightless = new CapacityProviderStrategyItem("a", null, null);

    assertThat(isRefused(weightless, new CapacityProviderStrategyItem("b", null, null))).isTrue();
    assertThat(isRefused(weightless, new CapacityProviderStrategyItem("b", 0, 2))).isTrue();
    assertThat(isRefused(weightless, new CapacityProviderStrategyItem("b", 1, null))).isFalse();
  }

  @Test
  void aSingleProviderNeedsNone() {
    assertThat(isRefused(new CapacityProviderStrategyItem("a", null, null))).isFalse();
    assertThat(isRefused(new CapacityProviderStrategyItem("a", 0, 0))).isFalse();
  }
}
