package dev.berth.lb.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.ManualTarget;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetDesiredState;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import dev.berth.lb.domain.HealthCheck;
import dev.berth.lb.domain.ProbeOutcome;
import dev.berth.lb.domain.TargetKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BalancerTest {
  private static final String GROUP = World.GROUP;
  private static final TargetKey ONE = new TargetKey(GROUP, "task1:80");
  private static final TargetKey TWO = new TargetKey(GROUP, "task2:80");

  private final World world = new World();
  private final Balancer balancer = world.balancer;

  @Test
  void nothingHappensBeforeEverythingIsRead() {
    balancer.loadBalancerChanged("lb", lb(1, 8000));
    balancer.targetChanged(ONE, target(ONE, 1, 9001, TargetDesiredState.REGISTERED));
    world.run();

    assertThat(world.routes.ports()).isEmpty();
    assertThat(world.statuses).isEmpty();
  }

  @Test
  void aTargetServesAtOnceWhenItIsTheOnlyOneAndIsHealthyAfterOneCheck() {
    given(target(ONE, 1, 9001, TargetDesiredState.REGISTERED));

    assertThat(world.routed(8000)).containsExactly(ONE);
    assertThat(world.stateOf(ONE)).isEqualTo(TargetHealthState.INITIAL);
    world.probe(ONE, ProbeOutcome.GOOD);

    assertThat(world.stateOf(ONE)).isEqualTo(TargetHealthState.HEALTHY);
    assertThat(balancer.summary().groups().get(GROUP).healthy()).isEqualTo(1);
  }

  @Test
  void aHealthyTargetIsPreferredToANewOne() {
    given(target(ONE, 1, 9001, TargetDesiredState.REGISTERED));
    world.probe(ONE, ProbeOutcome.GOOD);
    balancer.targetChanged(TWO, target(TWO, 1, 9002, TargetDesiredState.REGISTERED));
    world.run();

    assertThat(world.routed(8000)).containsExactly(ONE);
    world.probe(TWO, ProbeOutcome.GOOD);

    assertThat(world.routed(8000)).containsExactly(ONE, TWO);
  }

  @Test
  void drainingLeavesTheRoutesBeforeItStopsTrafficAndEndsWhenIdle() {
    given(target(ONE, 1, 9001, TargetDesiredState.REGISTERED));
    world.probe(ONE, ProbeOutcome.GOOD);

    balancer.targetChanged(ONE, target(ONE, 2, 9001, TargetDesiredState.DRAINING));
    world.run();
    assertThat(world.routed(8000)).isEmpty();
    assertThat(world.routedWhenDrained.get(ONE)).isEmpty();
    assertThat(world.stateOf(ONE)).isEqualTo(TargetHealthState.DRAINING);
    world.idle(ONE);
    assertThat(world.stateOf(ONE)).isEqualTo(TargetHealthState.DRAINED);
    balancer.targetChanged(ONE, null);
    world.run();

    assertThat(world.statuses).doesNotContainKey(ONE);
  }

  @Test
  void thousandsThatLeaveTogetherAreOneChangeOfTheRoutes() {
    TargetDesired[] targets = many(3000);
    given(targets);
    assertThat(world.routings).as("adding them").isLessThanOrEqualTo(2);
    world.routings = 0;

    for (TargetDesired target : targets) {
      balancer.targetChanged(new TargetKey(GROUP, target.targetId()), null);
    }
    world.run();
    world.pass(PendingRoutes.PAUSE);

    assertThat(world.routings).as("removing them").isLessThanOrEqualTo(2);
    assertThat(world.draining).hasSize(targets.length);
    assertThat(world.routedWhenDrained.values()).allMatch(Set::isEmpty);
  }

  @Test
  void checksOfThousandsAreGatheredBeforeTheRoutesChange() {
    TargetDesired[] targets = many(1000);
    given(targets);
    world.routings = 0;

    for (TargetDesired target : targets) {
      world.probe(new TargetKey(GROUP, target.targetId()), ProbeOutcome.GOOD);
    }
    assertThat(world.routings).isZero();
    world.pass(PendingRoutes.PAUSE);

    assertThat(world.routings).isEqualTo(1);
    assertThat(balancer.summary().groups().get(GROUP).healthy()).isEqualTo(1000);
  }

  @Test
  void aDelayOfNothingIsNotOverBeforeTheRoutesAreWithoutTheTarget() {
    given(target(ONE, 1, 9001, TargetDesiredState.REGISTERED));
    balancer.loadBalancerChanged("lb", lb(2, 8000, 0));
    balancer.targetChanged(ONE, target(ONE, 2, 9001, TargetDesiredState.DRAINING));

    world.run();
    assertThat(world.routedWhenDrained.get(ONE)).isEmpty();
    assertThat(world.stateOf(ONE)).isEqualTo(TargetHealthState.DRAINING);
    world.pass(Duration.ZERO);

    assertThat(world.stateOf(ONE)).isEqualTo(TargetHealthState.DRAINED);
  }

  @Test
  void aTargetThatComesBackBeforeItsDrainingBeganIsNotStopped() {
    given(many(PendingRoutes.MANY_TARGETS));
    balancer.targetChanged(ONE, target(ONE, 1, 9001, TargetDesiredState.REGISTERED));
    world.pass(PendingRoutes.PAUSE);
    balancer.targetChanged(ONE, target(ONE, 2, 9001, TargetDesiredState.DRAINING));
    world.run();
    assertThat(world.stateOf(ONE)).isEqualTo(TargetHealthState.DRAINING);

    balancer.targetChanged(ONE, target(ONE, 3, 9001, TargetDesiredState.REGISTERED));
    world.run();
    world.pass(PendingRoutes.PAUSE);

    assertThat(world.routed(8000)).contains(ONE);
    assertThat(world.draining).isEmpty();
  }

  @Test
  void drainingEndsWithTheDeregistrationDelay() {
    given(target(ONE, 1, 9001, TargetDesiredState.REGISTERED));
    balancer.targetChanged(ONE, target(ONE, 2, 9001, TargetDesiredState.DRAINING));
    world.run();

    world.pass(Duration.ofSeconds(29));
    assertThat(world.stateOf(ONE)).isEqualTo(TargetHealthState.DRAINING);
    world.pass(Duration.ofSeconds(1));

    assertThat(world.stateOf(ONE)).isEqualTo(TargetHealthState.DRAINED);
  }

  @Test
  void lateAndRepeatedRecordsChangeNothing() {
    given(target(ONE, 5, 9001, TargetDesiredState.DRAINING));
    world.idle(ONE);

    balancer.targetChanged(ONE, target(ONE, 4, 9001, TargetDesiredState.REGISTERED));
    balancer.targetChanged(ONE, target(ONE, 5, 9001, TargetDesiredState.DRAINING));
    world.run();

    assertThat(world.stateOf(ONE)).isEqualTo(TargetHealthState.DRAINED);
    assertThat(world.routed(8000)).isEmpty();
  }

  @Test
  void aTargetThatComesBackIsCheckedAnew() {
    given(target(ONE, 1, 9001, TargetDesiredState.REGISTERED));
    world.probe(ONE, ProbeOutcome.GOOD);
    balancer.targetChanged(ONE, target(ONE, 2, 9001, TargetDesiredState.DRAINING));
    world.run();
    world.idle(ONE);

    balancer.targetChanged(ONE, target(ONE, 3, 9001, TargetDesiredState.REGISTERED));
    world.run();

    assertThat(world.stateOf(ONE)).isEqualTo(TargetHealthState.INITIAL);
    assertThat(world.routed(8000)).containsExactly(ONE);
  }

  @Test
  void aTombstoneWithoutDrainingStillDrains() {
    given(target(ONE, 1, 9001, TargetDesiredState.REGISTERED));

    balancer.targetChanged(ONE, null);
    world.run();
    assertThat(world.stateOf(ONE)).isEqualTo(TargetHealthState.DRAINING);
    world.idle(ONE);

    assertThat(world.statuses).doesNotContainKey(ONE);
  }

  @Test
  void anEmptiedLogLeavesTheTargetsServingUntilTheNewOneHasSpoken() {
    given(
        target(ONE, 1, 9001, TargetDesiredState.REGISTERED),
        target(TWO, 1, 9002, TargetDesiredState.REGISTERED));
    world.probe(ONE, ProbeOutcome.GOOD);
    world.probe(TWO, ProbeOutcome.GOOD);

    balancer.logChanged();
    world.run();
    world.pass(Duration.ofHours(1));
    balancer.refresh();
    world.run();
    assertThat(world.routed(8000)).as("the new log is silent").containsExactly(ONE, TWO);

    balancer.loadBalancerChanged("lb", lb(1, 8000));
    balancer.targetChanged(ONE, target(ONE, 1, 9001, TargetDesiredState.REGISTERED));
    balancer.refresh();
    world.run();

    assertThat(world.routed(8000)).containsExactly(ONE);
    assertThat(world.stateOf(TWO)).isEqualTo(TargetHealthState.DRAINING);
    assertThat(world.stateOf(ONE)).as("not checked anew").isEqualTo(TargetHealthState.HEALTHY);
  }

  @Test
  void anEmptiedLogIsGivenTimeToFill() {
    given(
        target(ONE, 1, 9001, TargetDesiredState.REGISTERED),
        target(TWO, 1, 9002, TargetDesiredState.REGISTERED));
    balancer.logChanged();
    world.run();
    balancer.targetChanged(ONE, target(ONE, 1, 9001, TargetDesiredState.REGISTERED));

    world.pass(Duration.ofSeconds(59));
    balancer.refresh();
    world.run();

    assertThat(world.routed(8000)).containsExactly(ONE, TWO);
  }

  @Test
  void aTargetOfAnUnknownGroupIsReportedAsNotInUseAndDrainsAtOnce() {
    TargetKey key = new TargetKey("arn:other", "task9:80");
    given(target(key, 1, 9009, TargetDesiredState.REGISTERED));

    assertThat(world.statuses.get(key).reason()).isEqualTo("Target.NotInUse");
    assertThat(world.probes).doesNotContainKey(key);
    balancer.targetChanged(key, target(key, 2, 9009, TargetDesiredState.DRAINING));
    world.run();
    world.idle(key);

    assertThat(world.stateOf(key)).isEqualTo(TargetHealthState.DRAINED);
  }

  @Test
  void targetsByHandOnThisMachineAreRefusedAndNamed() {
    balancer.loadBalancerChanged(
        "lb",
        lb(
            1,
            8000,
            new ManualTarget("m1", "127.0.0.1", 80, null, null),
            new ManualTarget("m2", "10.0.0.9", 80, null, null)));
    balancer.caughtUp(false);
    world.run();

    assertThat(world.routed(8000)).containsExactly(new TargetKey(GROUP, "m2"));
    assertThat(world.problems).singleElement().asString().contains("m1", "127.0.0.1");
  }

  @Test
  void aTargetIsCheckedAsItsGroupSays() {
    given(target(ONE, 1, 9001, TargetDesiredState.REGISTERED));

    balancer.loadBalancerChanged(
        "lb",
        lb(
            2,
            8000,
            30,
            new TargetGroupHealthCheck(true, "HTTPS", "8099", "/up", 7, 3, 4, 6, "204", null)));
    world.run();

    HealthCheck check = world.checks.get(ONE);
    assertThat(check.kind()).isEqualTo(HealthCheck.Kind.HTTPS);
    assertThat(check.port()).isEqualTo(8099);
    assertThat(check.path()).isEqualTo("/up");
    assertThat(check.interval()).isEqualTo(Duration.ofSeconds(7));
    assertThat(check.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(check.healthyThreshold()).isEqualTo(4);
    assertThat(check.unhealthyThreshold()).isEqualTo(6);
  }

  @Test
  void everythingIsToldAgainNowAndThen() {
    given(target(ONE, 1, 9001, TargetDesiredState.REGISTERED));
    world.statuses.clear();

    balancer.refresh();
    world.run();

    assertThat(world.statuses).containsOnlyKeys(ONE);
  }

  private static TargetDesired[] many(int count) {
    TargetDesired[] targets = new TargetDesired[count];
    for (int i = 0; i < count; i++) {
      TargetKey key = new TargetKey(GROUP, "t%d:80".formatted(i));
      targets[i] = target(key, 1, 9001, TargetDesiredState.REGISTERED);
    }
    return targets;
  }

  private void given(TargetDesired... targets) {
    balancer.loadBalancerChanged("lb", lb(1, 8000));
    for (TargetDesired target : targets) {
      balancer.targetChanged(new TargetKey(target.targetGroupArn(), target.targetId()), target);
    }
    balancer.caughtUp(false);
    world.run();
  }

  private static LoadBalancerDesired lb(long version, int port, ManualTarget... manual) {
    return lb(version, port, 30, manual);
  }

  private static LoadBalancerDesired lb(
      long version, int port, int deregistrationDelay, ManualTarget... manual) {
    return lb(
        version,
        port,
        deregistrationDelay,
        new TargetGroupHealthCheck(true, "HTTP", "traffic-port", "/", 1, 1, 2, 2, "200", null),
        manual);
  }

  private static LoadBalancerDesired lb(
      long version,
      int port,
      int deregistrationDelay,
      TargetGroupHealthCheck check,
      ManualTarget... manual) {
    return new LoadBalancerDesired(
        "lb",
        "arn:lb",
        version,
        "test",
        "lb.local",
        List.of(
            new ListenerDesired(
                "arn:listener", "HTTP", port, GROUP, null, null, null, null, null, null)),
        List.of(
            new TargetGroupDesired(
                "group",
                GROUP,
                "HTTP",
                80,
                check,
                deregistrationDelay,
                List.of(manual),
                null,
                null,
                null,
                null,
                null)),
        Instant.EPOCH,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static TargetDesired target(
      TargetKey key, long version, int port, TargetDesiredState state) {
    return new TargetDesired(
        key.targetGroupArn(),
        key.targetId(),
        version,
        "default",
        "web",
        key.targetId().substring(0, key.targetId().indexOf(':')),
        "127.0.0.1",
        port,
        state,
        null);
  }
}
