package dev.berth.lb.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lb.domain.TargetEffect.ProbeAfter;
import dev.berth.lb.domain.TargetEffect.Report;
import dev.berth.lb.domain.TargetEffect.Reroute;
import dev.berth.lb.domain.TargetEffect.StopProbing;
import dev.berth.lb.domain.TargetEffect.StopTraffic;
import dev.berth.lb.domain.TargetEffect.WakeAt;
import dev.berth.lb.domain.TargetMachine.Transition;
import dev.berth.lb.domain.TargetState.Drained;
import dev.berth.lb.domain.TargetState.Draining;
import dev.berth.lb.domain.TargetState.Healthy;
import dev.berth.lb.domain.TargetState.Initial;
import dev.berth.lb.domain.TargetState.Unhealthy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetMachineTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ProbeOutcome.Bad BAD =
      (ProbeOutcome.Bad) ProbeOutcome.ofCode(500, StatusCodeMatcher.DEFAULT);
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final TargetGroup GROUP = group(true);

  @Test
  void aNewTargetIsCheckedAtOnce() {
    Transition next = TargetMachine.register(GROUP, START);

    assertThat(next.state()).isEqualTo(new Initial(START, 0));
    assertThat(next.effects())
        .containsExactly(new Reroute(), new Report(), new ProbeAfter(Duration.ZERO));
  }

  @Test
  void theFirstGoodCheckMakesANewTargetHealthy() {
    Transition next = on(new Initial(START, 3), good(), START.plusSeconds(1));

    assertThat(next.state()).isEqualTo(new Healthy(START.plusSeconds(1), 0));
    assertThat(next.effects())
        .containsExactly(new Reroute(), new Report(), new ProbeAfter(INTERVAL));
  }

  @Test
  void aSlowStarterIsAskedOftenAndHasAsLongAsTheThresholdGives() {
    Transition early = on(new Initial(START, 50), bad(), START.plusSeconds(19));
    Transition late = on(new Initial(START, 50), bad(), START.plusSeconds(20));

    assertThat(early.state()).isEqualTo(new Initial(START, 51));
    assertThat(early.effects()).containsExactly(new ProbeAfter(TargetMachine.EAGER_INTERVAL));
    assertThat(late.state()).isEqualTo(new Unhealthy(START.plusSeconds(20), 0, BAD));
  }

  @Test
  void badChecksInARowTakeAHealthyTargetOut() {
    Transition once = on(new Healthy(START, 0), bad(), START);
    Transition twice = on(once.state(), bad(), START.plusSeconds(10));

    assertThat(once.state()).isEqualTo(new Healthy(START, 1));
    assertThat(once.effects()).containsExactly(new ProbeAfter(INTERVAL));
    assertThat(twice.state()).isEqualTo(new Unhealthy(START.plusSeconds(10), 0, BAD));
    assertThat(twice.effects())
        .containsExactly(new Reroute(), new Report(), new ProbeAfter(INTERVAL));
  }

  @Test
  void aGoodCheckBetweenForgivesABadOne() {
    Transition next = on(new Healthy(START, 1), good(), START.plusSeconds(10));

    assertThat(next.state()).isEqualTo(new Healthy(START, 0));
  }

  @Test
  void goodChecksInARowBringAnUnhealthyTargetBack() {
    TargetState state = new Unhealthy(START, 0, BAD);
    for (int i = 1; i < 3; i++) {
      state = on(state, good(), START.plusSeconds(i)).state();
      assertThat(state).isEqualTo(new Unhealthy(START, i, BAD));
    }

    assertThat(on(state, good(), START.plusSeconds(3)).state())
        .isEqualTo(new Healthy(START.plusSeconds(3), 0));
    assertThat(on(state, bad(), START.plusSeconds(3)).state())
        .isEqualTo(new Unhealthy(START, 0, BAD));
  }

  @Test
  void withoutHealthChecksATargetIsHealthyAtOnce() {
    assertThat(TargetMachine.register(group(false), START).state())
        .isEqualTo(new Healthy(START, 0));
  }

  @Test
  void deregistrationDrainsFromEveryStateThatTakesTraffic() {
    for (TargetState state :
        List.of(new Initial(START, 0), new Healthy(START, 0), new Unhealthy(START, 0, BAD))) {
      Transition next = on(state, new TargetEvent.Deregistered(), START);

      assertThat(next.state()).isEqualTo(new Draining(START, START.plusSeconds(60)));
      assertThat(next.effects())
          .containsExactly(
              new StopProbing(),
              new Reroute(),
              new Report(),
              new StopTraffic(),
              new WakeAt(START.plusSeconds(60)));
    }
  }

  @Test
  void aDrainingTargetIsDrainedWhenItIsIdle() {
    Transition next =
        on(
            new Draining(START, START.plusSeconds(60)),
            new TargetEvent.Idle(),
            START.plusSeconds(5));

    assertThat(next.state()).isEqualTo(new Drained(START.plusSeconds(5), true));
    assertThat(next.effects()).containsExactly(new Report());
  }

  @Test
  void aDrainingTargetIsDrainedWhenTheDelayIsOverAndNotBefore() {
    Draining draining = new Draining(START, START.plusSeconds(60));

    assertThat(on(draining, new TargetEvent.Woken(), START.plusSeconds(59)).state())
        .isEqualTo(draining);
    assertThat(on(draining, new TargetEvent.Woken(), START.plusSeconds(60)).state())
        .isEqualTo(new Drained(START.plusSeconds(60), false));
  }

  @Test
  void everyStateTakesEveryEventAndLeavesDrainingOnlyForwards() {
    List<TargetState> states =
        List.of(
            new Initial(START, 0),
            new Healthy(START, 0),
            new Unhealthy(START, 0, BAD),
            new Draining(START, START.plusSeconds(60)),
            new Drained(START, true));
    List<TargetEvent> events =
        List.of(
            good(),
            bad(),
            new TargetEvent.CheckChanged(),
            new TargetEvent.Deregistered(),
            new TargetEvent.Idle(),
            new TargetEvent.Woken());
    for (TargetState state : states) {
      for (TargetEvent event : events) {
        TargetState next = on(state, event, START.plusSeconds(30)).state();

        assertThat(rank(next)).as("%s on %s", state, event).isGreaterThanOrEqualTo(rank(state));
        if (state instanceof Drained) {
          assertThat(next).isEqualTo(state);
        }
      }
    }
  }

  private static int rank(TargetState state) {
    return switch (state) {
      case Initial initial -> 0;
      case Healthy healthy -> 0;
      case Unhealthy unhealthy -> 0;
      case Draining draining -> 1;
      case Drained drained -> 2;
    };
  }

  private static Transition on(TargetState state, TargetEvent event, Instant now) {
    return TargetMachine.on(state, event, GROUP, now);
  }

  private static TargetEvent good() {
    return new TargetEvent.Probed(ProbeOutcome.GOOD);
  }

  private static TargetEvent bad() {
    return new TargetEvent.Probed(BAD);
  }

  private static TargetGroup group(boolean enabled) {
    return new TargetGroup(
        "arn:group",
        "group",
        new HealthCheck(
            enabled,
            HealthCheck.Kind.HTTP,
            0,
            "/",
            INTERVAL,
            Duration.ofSeconds(2),
            3,
            2,
            StatusCodeMatcher.DEFAULT,
            ProtocolVersion.HTTP1),
        Duration.ofMinutes(1));
  }
}
