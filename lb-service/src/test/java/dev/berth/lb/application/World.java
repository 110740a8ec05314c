package dev.berth.lb.application;

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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Everything around the balancer, under the test's control. */
final class World implements DataPlane, Prober, StatusReports, SerialExecutor {
  static final String GROUP = "arn:group";
  private static final int PORT = 8000;

  private final Deque<Runnable> actions = new ArrayDeque<>();
  private final List<Later> later = new ArrayList<>();
  final Map<TargetKey, Consumer<ProbeOutcome>> probes = new HashMap<>();
  final Map<TargetKey, HealthCheck> checks = new HashMap<>();
  final Map<TargetKey, Runnable> draining = new HashMap<>();
  final Map<TargetKey, Set<TargetKey>> routedWhenDrained = new HashMap<>();
  final Map<TargetKey, HealthDescription> statuses = new LinkedHashMap<>();
  final List<TargetKey> terminated = new ArrayList<>();
  final List<String> problems = new ArrayList<>();
  RoutingTable routes = RoutingTable.EMPTY;
  int routings;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  final Balancer balancer =
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

  void runUntil(BooleanSupplier enough) {
    while (!enough.getAsBoolean()) {
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
    routings++;
  }

  @Override
  public void drain(Target target, Runnable idle) {
    draining.put(target.key(), idle);
    routedWhenDrained.put(target.key(), Set.copyOf(routed(PORT)));
  }

  @Override
  public void terminate(TargetKey key) {
    terminated.add(key);
  }

  @Override
  public void probe(Target target, HealthCheck check, Duration delay, Consumer<ProbeOutcome> done) {
    probes.put(target.key(), done);
    checks.put(target.key(), check);
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
