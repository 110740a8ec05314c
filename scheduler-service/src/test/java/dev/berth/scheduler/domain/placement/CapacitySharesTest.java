package dev.berth.scheduler.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What the page "CapacityProviderStrategyItem" of the API reference says
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html).
 */
class CapacitySharesTest {
  private static CapacityProviderStrategyItem item(String name, Integer weight, Integer base) {
    return new CapacityProviderStrategyItem(name, weight, base);
  }

  private static Map<String, Integer> placed(int tasks, CapacityProviderStrategyItem... items) {
    CapacityShares shares = new CapacityShares(List.of(items), Map.of());
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < tasks; i++) {
      String next = shares.next();
      shares.takes(next);
      counts.merge(next, 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void twoProvidersOfEqualWeightShareEvenly() {
    assertThat(placed(10, item("a", 1, null), item("b", 1, null)))
        .isEqualTo(Map.of("a", 5, "b", 5));
  }

  @Test
  void forEachTaskOfOneProviderFourGoToTheOther() {
    assertThat(placed(10, item("a", 1, null), item("b", 4, null)))
        .isEqualTo(Map.of("a", 2, "b", 8));
  }

  @Test
  void theBaseIsFilledFirstAndDoesNotCountForTheWeights() {
    assertThat(placed(7, item("a", 1, 3), item("b", 1, 0))).isEqualTo(Map.of("a", 5, "b", 2));
    assertThat(placed(2, item("a", 0, 2), item("b", 1, null))).isEqualTo(Map.of("a", 2));
  }

  @Test
  void aProviderOfWeightZeroGetsNothingBeyondItsBase() {
    assertThat(placed(5, item("a", 0, 1), item("b", 2, null))).isEqualTo(Map.of("a", 1, "b", 4));
  }

  @Test
  void aSingleProviderGetsAllTasksWhateverItsWeight() {
    assertThat(placed(3, item("a", 0, 0))).isEqualTo(Map.of("a", 3));
    assertThat(placed(3, item("a", null, 1))).isEqualTo(Map.of("a", 3));
    assertThat(new CapacityShares(List.of(), Map.of()).next()).isNull();
  }
}
