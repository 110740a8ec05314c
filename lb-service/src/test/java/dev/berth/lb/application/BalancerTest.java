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
import dev.berth.lb.domain.HealthDescription;
import dev.berth.lb.domain.ManualTargetPolicy;
import dev.berth.lb.domain.ProbeOutcome;
import dev.berth.lb.domain.RoutingTable;
import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BalancerTest {
  private static final String GROUP = "arn:group";
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
  void everythingIsToldAgainNowAndThen() {
    given(target(ONE, 1, 9001, TargetDesiredState.REGISTERED));
    world.statuses.clear();

    balancer.refresh();
    world.run();

    assertThat(world.statuses).containsOnlyKeys(ONE);
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
                new TargetGroupHealthCheck(
                    true, "HTTP", "traffic-port", "/", 1, 1, 2, 2, "200", null),
                30,
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

  /** Everything around the balancer, under the test's control. */
  private static final class World implements DataPlane, Prober, StatusReports, SerialExecutor {
    private final Deque<Runnable> actions = new ArrayDeque<>();
    private final List<Later> later = new ArrayList<>();
    private final Map<TargetKey, Consumer<ProbeOutcome>> probes = new HashMap<>();
    private final Map<TargetKey, Runnable> draining = new HashMap<>();
    private final Map<TargetKey, Set<TargetKey>> routedWhenDrained = new HashMap<>();
    private final Map<TargetKey, HealthDescription> statuses = new LinkedHashMap<>();
    private final List<TargetKey> terminated = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private RoutingTable routes = RoutingTable.EMPTY;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Balancer balancer =
        new Balancer(
            new ManualTargetPolicy(false, Set.of()),
            null,
            Duration.ofMinutes(1),
            ConfigurationCopy.NONE,
            this,
            this,
            this,
            this,
            () -> now,
            problems::add);

    private record Later(Instant at, Runnable action) {}

    void run() {
      while (!actions.isEmpty()) {
        actions.removeFirst().run();
      }
    }

    void pass(Duration time) {
      now = now.plus(time);
      for (Later due : List.copyOf(later)) {
        if (!now.isBefore(due.at())) {
          later.remove(due);
          actions.add(due.action());
        }
      }
      run();
    }

    void probe(TargetKey key, ProbeOutcome outcome) {
      probes.remove(key).accept(outcome);
      run();
    }

    void idle(TargetKey key) {
      draining.remove(key).run();
      run();
    }

    TargetHealthState stateOf(TargetKey key) {
      return statuses.get(key).state();
    }

    List<TargetKey> routed(int port) {
      return routes.ports().stream().anyMatch(open -> open.number() == port)
          ? routes.groups().get(GROUP).targets().stream().map(r -> r.target().key()).toList()
          : List.of();
    }

    @Override
    public void route(RoutingTable table) {
      routes = table;
    }

    @Override
    public void drain(Target target, Runnable idle) {
      draining.put(target.key(), idle);
      routedWhenDrained.put(target.key(), Set.copyOf(routed(8000)));
    }

    @Override
    public void terminate(TargetKey key) {
      terminated.add(key);
    }

    @Override
    public void probe(
        Target target, HealthCheck check, Duration delay, Consumer<ProbeOutcome> done) {
      probes.put(target.key(), done);
    }

    @Override
    public void cancel(TargetKey key) {
      probes.remove(key);
    }

    @Override
    public void report(Target target, HealthDescription health, Instant changedAt) {
      statuses.put(target.key(), health);
    }

    @Override
    public void forget(TargetKey key) {
      statuses.remove(key);
    }

    @Override
    public void execute(Runnable action) {
      actions.add(action);
    }

    @Override
    public void schedule(Runnable action, Duration delay) {
      later.add(new Later(now.plus(delay), action));
    }
  }
}
