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

  @Test
  void withFewerHealthyTargetsThanAskedForAllTakeTraffic() {
    TargetGroupSettings two =
        settings("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "2");

    assertThat(chosen(two, null, placed("a", HEALTHY), placed("c", UNHEALTHY)))
        .containsExactly("a", "c");
    assertThat(
            chosen(two, null, placed("a", HEALTHY), placed("b", HEALTHY), placed("c", UNHEALTHY)))
        .containsExactly("a", "b");
  }

  @Test
  void withASmallerShareOfHealthyTargetsThanAskedForAllTakeTraffic() {
    TargetGroupSettings half =
        settings(
            "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "50");

    assertThat(
            chosen(half, null, placed("a", HEALTHY), placed("b", UNHEALTHY), placed("c", INITIAL)))
        .containsExactly("a", "b", "c");
    assertThat(chosen(half, null, placed("a", HEALTHY), placed("b", UNHEALTHY)))
        .containsExactly("a");
  }

  @Test
  void withoutCrossZoneBalancingTargetsOfTheOwnZoneAreUsedWhileThereAreSome() {
    TargetGroupSettings near = settings("load_balancing.cross_zone.enabled", "false");

    assertThat(chosen(near, "z1", inZone("a", "z1"), inZone("b", "z2"))).containsExactly("a");
    assertThat(chosen(near, "z3", inZone("a", "z1"), inZone("b", "z2"))).containsExactly("a", "b");
    assertThat(chosen(near, null, inZone("a", "z1"), inZone("b", "z2"))).containsExactly("a", "b");
  }

  private static TargetGroupSettings settings(String attribute, String value) {
    return TargetGroupSettings.of(Map.of(attribute, value));
  }

  private static Placed inZone(String id, String zone) {
    return new Placed(
        new Target(new TargetKey("g", id), "10.0.0.1", 80, null, null, zone), HEALTHY);
  }

  private static List<String> chosen(Placed... placed) {
    return chosen(TargetGroupSettings.DEFAULT, null, placed);
  }

  private static List<String> chosen(TargetGroupSettings settings, String zone, Placed... placed) {
    TargetGroup group =
        new TargetGroup(
            "g",
            "group",
            HealthCheck.DEFAULT,
            Duration.ZERO,
            Protocol.HTTP,
            ProtocolVersion.HTTP1,
            settings);
    return RoutingTable.group(group, List.of(placed), zone).targets().stream()
        .map(routed -> routed.target().key().targetId())
        .toList();
  }

  private static Placed placed(String id, TargetState state) {
    return new Placed(Target.byHand(new TargetKey("g", id), "10.0.0.1", 80), state);
  }
}
