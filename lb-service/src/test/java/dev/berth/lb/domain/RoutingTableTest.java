package dev.berth.lb.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lb.domain.RoutingTable.Placed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
  private static final Instant NOW = Instant.EPOCH;
  private static final TargetState HEALTHY = new TargetState.Healthy(NOW, 0);
  private static final TargetState INITIAL = new TargetState.Initial(NOW, 0);
  private static final TargetState UNHEALTHY =
      new TargetState.Unhealthy(NOW, 0, new ProbeOutcome.Bad("Target.Timeout", "timed out"));
  private static final TargetState DRAINING = new TargetState.Draining(NOW, NOW);

  @Test
  void healthyTargetsTakeTheTraffic() {
    assertThat(chosen(placed("a", HEALTHY), placed("b", INITIAL), placed("c", UNHEALTHY)))
        .containsExactly("a");
  }

  @Test
  void theUnknownComeBeforeTheBad() {
    assertThat(chosen(placed("b", INITIAL), placed("c", UNHEALTHY), placed("d", DRAINING)))
        .containsExactly("b");
  }

  @Test
  void whenAllAreUnhealthyAllAreUsed() {
    assertThat(chosen(placed("c", UNHEALTHY), placed("e", UNHEALTHY), placed("d", DRAINING)))
        .containsExactly("c", "e");
  }

  @Test
  void drainingTargetsAreNeverUsed() {
    assertThat(chosen(placed("d", DRAINING))).isEmpty();
  }

  private static List<String> chosen(Placed... placed) {
    Listener listener = new Listener(80, "arn:listener", "lb", "g");
    TargetGroup group = new TargetGroup("g", "group", HealthCheck.DEFAULT, Duration.ZERO);
    return RoutingTable.of(Map.of(80, listener), Map.of("g", group), List.of(placed))
        .byPort()
        .get(80)
        .targets()
        .stream()
        .map(target -> target.key().targetId())
        .toList();
  }

  private static Placed placed(String id, TargetState state) {
    return new Placed(Target.byHand(new TargetKey("g", id), "10.0.0.1", 80), state);
  }
}
