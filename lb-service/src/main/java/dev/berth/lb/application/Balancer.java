package dev.berth.lb.application;

import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.lb.domain.DesiredState;
import dev.berth.lb.domain.HealthCheck;
import dev.berth.lb.domain.HealthDescription;
import dev.berth.lb.domain.ManualTargetPolicy;
import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetEffect;
import dev.berth.lb.domain.TargetEvent;
import dev.berth.lb.domain.TargetGroup;
import dev.berth.lb.domain.TargetKey;
import dev.berth.lb.domain.TargetMachine;
import dev.berth.lb.domain.TargetState;
import dev.berth.lb.domain.Wanted;
import dev.berth.lb.domain.Wanted.WantedTarget;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The one owner of the balancer's state: it hears of what is wanted and of what happens, decides,
 * and has the data plane, the prober and the reports carry it out. Everything runs on one serial
 * executor; every method may be called from any thread.
 */
public final class Balancer {
  /** How long after a log was found to be another one its silence counts. */
  private final Duration settleTime;

  private final ManualTargetPolicy manualTargets;
  private final ConfigurationCopy copy;
  private final DataPlane dataPlane;
  private final Prober prober;
  private final StatusReports reports;
  private final SerialExecutor serial;
  private final InstantSource clock;
  private final Consumer<String> problems;

  private final DesiredState desired = new DesiredState();
  private final TrackedTargets tracked = new TrackedTargets();
  private final PendingRoutes routes;
  private Wanted wanted = Wanted.NOTHING;
  private Set<String> toldProblems = Set.of();
  private boolean serving;
  private boolean reconcileAsked;
  private boolean routeAsked;
  private boolean restored;
  private Instant logChangedAt = Instant.MIN;
  private volatile Summary summary = new Summary(Map.of(), Map.of(), List.of());

  /** How a group's targets are; the counts of registered and of healthy ones. */
  public record GroupHealth(String targetGroupName, int registered, int healthy) {}

  /** A load balancer that is wanted, and why some of its listeners aren't served, by their ARNs. */
  public record Present(LoadBalancerDesired desired, Map<String, String> refused) {}

  /**
   * What metrics, health answers and reports need; groups by ARN, names of load balancers by port.
   */
  public record Summary(
      Map<String, GroupHealth> groups, Map<Integer, String> listeners, List<Present> balancers) {
    public Summary {
      groups = Map.copyOf(groups);
      listeners = Map.copyOf(listeners);
      balancers = List.copyOf(balancers);
    }
  }

  /**
   * @param zone the zone that this instance is in; null when nobody says
   * @param copy keeps what the log said
   * @param problems hears once of each thing that can't be done as it is wanted
   */
  public Balancer(
      ManualTargetPolicy manualTargets,
      String zone,
      Duration settleTime,
      ConfigurationCopy copy,
      DataPlane dataPlane,
      Prober prober,
      StatusReports reports,
      SerialExecutor serial,
      InstantSource clock,
      Consumer<String> problems) {
    this.manualTargets = manualTargets;
    this.copy = copy;
    this.settleTime = settleTime;
    this.dataPlane = dataPlane;
    this.routes = new PendingRoutes(dataPlane, tracked, zone);
    this.prober = prober;
    this.reports = reports;
    this.serial = serial;
    this.clock = clock;
    this.problems = problems;
  }

  /** A record of a load balancer was read; null for its tombstone. */
  public void loadBalancerChanged(String name, LoadBalancerDesired record) {
    run(
        () -> {
          if (desired.loadBalancer(name, record)) {
            askReconcile();
          }
        });
  }

  /** A record of a target was read; null for its tombstone. */
  public void targetChanged(TargetKey key, TargetDesired record) {
    run(
        () -> {
          if (desired.target(key, record)) {
            askReconcile();
          }
        });
  }

  /**
   * What a copy on this machine says is served until the log is read; it never stands against the
   * log.
   */
  public void restore(
      Collection<LoadBalancerDesired> loadBalancers, Collection<TargetDesired> targets) {
    run(
        () -> {
          desired.restore(loadBalancers, targets);
          restored = true;
          serving = true;
          reconcile();
        });
  }

  /**
   * Both topics were read to their ends: what is known is what is wanted.
   *
   * @param sameLog whether it is the log that a restored copy was made of; what another one doesn't
   *     say is given its time
   */
  public void caughtUp(boolean sameLog) {
    run(
        () -> {
          serving = true;
          if (restored && sameLog) {
            desired.dropAllUnconfirmed();
          } else {
            logChangedAt = clock.instant();
          }
          reconcile();
        });
  }

  /** The log is another one than before, and is read from its beginning. */
  public void logChanged() {
    run(
        () -> {
          desired.newLog();
          logChangedAt = clock.instant();
          reportAllNow();
        });
  }

  /** Tells the state of every target again, and drops what a new log has had its time to say. */
  public void refresh() {
    run(
        () -> {
          if (desired.unconfirmedLoadBalancers() + desired.unconfirmedTargets() > 0
              && !clock.instant().isBefore(logChangedAt.plus(settleTime))
              && desired.dropUnconfirmed()) {
            reconcile();
          }
          reportAllNow();
        });
  }

  public Summary summary() {
    return summary;
  }

  private void reportAllNow() {
    if (serving) {
      tracked.all().forEach(this::report);
    }
  }

  private void askReconcile() {
    if (serving && !reconcileAsked) {
      reconcileAsked = true;
      // Records come in bursts; one pass after a burst is enough.
      run(this::reconcile);
    }
  }

  private void reconcile() {
    reconcileAsked = false;
    if (!serving) {
      return;
    }
    Wanted before = wanted;
    wanted = Wanted.of(desired, manualTargets);
    tellProblems();
    copy.save(desired.loadBalancers(), desired.targets());
    Set<TargetKey> gone = tracked.keys();
    if (!before.listeners().equals(wanted.listeners())) {
      routes.listeners(wanted.listeners());
    }
    routes.groups(wanted.groups().keySet(), wanted.groupsOtherThan(before));
    for (Map.Entry<TargetKey, WantedTarget> entry : wanted.targets().entrySet()) {
      gone.remove(entry.getKey());
      follow(entry.getKey(), entry.getValue(), before);
    }
    for (TargetKey key : gone) {
      leave(key, tracked.get(key));
    }
    summarize();
  }

  private void follow(TargetKey key, WantedTarget want, Wanted before) {
    Tracked known = tracked.get(key);
    if (known != null && known.target.movedFrom(want.target())) {
      prober.cancel(key);
      // The routes with its new address let go of the old one.
      known = null;
    }
    boolean left =
        known != null
            && (known.state instanceof TargetState.Draining
                || known.state instanceof TargetState.Drained);
    if (known == null || (left && !want.draining())) {
      known = new Tracked(want.target());
      tracked.add(known);
      step(known, new TargetEvent.Registered());
    }
    known.wanted = true;
    if (want.draining()) {
      step(known, new TargetEvent.Deregistered());
    } else if (wanted.checksOtherwise(key.targetGroupArn(), before)) {
      step(known, new TargetEvent.CheckChanged());
    }
  }

  /** A target that nobody wants any more drains first, too: its requests are somebody's. */
  private void leave(TargetKey key, Tracked known) {
    known.wanted = false;
    step(known, new TargetEvent.Deregistered());
    if (known.state instanceof TargetState.Drained && tracked.get(key) == known) {
      remove(known);
    }
  }

  private void remove(Tracked known) {
    TargetKey key = known.target.key();
    tracked.remove(known);
    routes.groupChanged(key.targetGroupArn());
    prober.cancel(key);
    dataPlane.forget(key);
    reports.forget(key);
  }

  private void happen(Tracked known, TargetEvent event) {
    run(
        () -> {
          if (tracked.get(known.target.key()) == known) {
            step(known, event);
          }
        });
  }

  /** After a turn come the routes that it made necessary, once for all that waits already. */
  private void run(Runnable turn) {
    serial.execute(() -> turn(turn));
  }

  private void turn(Runnable turn) {
    turn.run();
    if (!routeAsked && !routes.isEmpty()) {
      routeAsked = true;
      Duration delay = routes.delay(clock.instant());
      if (delay.isZero()) {
        serial.execute(this::route);
      } else {
        serial.schedule(this::route, delay);
      }
    }
  }

  private void step(Tracked known, TargetEvent event) {
    TargetMachine.Transition next =
        TargetMachine.on(known.state, event, groupOf(known.target), clock.instant());
    known.state = next.state();
    for (TargetEffect effect : next.effects()) {
      carryOut(known, effect);
    }
    if (known.state instanceof TargetState.Drained drained) {
      routes.groupChanged(known.target.key().targetGroupArn());
      if (!drained.inTime() && groupOf(known.target).settings().terminateWhenDrained()) {
        dataPlane.terminate(known.target.key());
      }
      if (!known.wanted) {
        remove(known);
      }
    }
  }

  private void carryOut(Tracked known, TargetEffect effect) {
    switch (effect) {
      case TargetEffect.Report report -> report(known);
      case TargetEffect.ProbeAfter probe -> {
        if (inUse(known.target)) {
          prober.probe(
              known.target,
              groupOf(known.target).healthCheck(),
              probe.delay(),
              outcome -> happen(known, new TargetEvent.Probed(outcome)));
        }
      }
      case TargetEffect.StopProbing stop -> prober.cancel(known.target.key());
      // The others have to be in the routes before this one refuses requests, and it may not be
      // said to be drained, however short its delay, while the routes still have it.
      case TargetEffect.StopTraffic stop -> routes.afterwards(() -> stopTraffic(known));
      case TargetEffect.WakeAt wake ->
          routes.afterwards(
              () ->
                  serial.schedule(
                      () -> happen(known, new TargetEvent.Woken()),
                      Duration.between(clock.instant(), wake.time())));
      case TargetEffect.Reroute reroute -> {
        routes.groupChanged(known.target.key().targetGroupArn());
        TargetGroup group = groupOf(known.target);
        // A flow that goes on is of no use to anybody when its target is down.
        if (known.state instanceof TargetState.Unhealthy
            && !group.protocol().isHttp()
            && group.settings().terminateWhenUnhealthy()) {
          dataPlane.terminate(known.target.key());
        }
      }
    }
  }

  private void stopTraffic(Tracked known) {
    // It may have come back, or moved, since that was decided.
    if (tracked.get(known.target.key()) == known && known.state instanceof TargetState.Draining) {
      dataPlane.drain(known.target, () -> happen(known, new TargetEvent.Idle()));
    }
  }

  private void report(Tracked known) {
    reports.report(
        known.target, HealthDescription.of(known.state, inUse(known.target)), known.state.since());
  }

  private boolean inUse(Target target) {
    return wanted.groups().containsKey(target.key().targetGroupArn());
  }

  private TargetGroup groupOf(Target target) {
    String arn = target.key().targetGroupArn();
    TargetGroup group = wanted.groups().get(arn);
    return group != null ? group : new TargetGroup(arn, arn, HealthCheck.DEFAULT, UNKNOWN_DELAY);
  }

  /** The deregistration delay of a group that is gone: ELB's default. */
  private static final Duration UNKNOWN_DELAY = Duration.ofMinutes(5);

  private void route() {
    routeAsked = false;
    routes.handOver(wanted.groups(), clock.instant());
    summarize();
  }

  private void summarize() {
    Map<Integer, String> listeners = new HashMap<>();
    wanted
        .listeners()
        .forEach(
            listener ->
                listeners.merge(listener.port(), listener.loadBalancer(), (a, b) -> a + "," + b));
    summary =
        new Summary(
            tracked.health(wanted.groups()),
            listeners,
            desired.loadBalancers().stream()
                .map(one -> new Present(one, wanted.refused()))
                .toList());
  }

  private void tellProblems() {
    Set<String> now = Set.copyOf(wanted.problems());
    now.stream().filter(problem -> !toldProblems.contains(problem)).forEach(problems);
    toldProblems = now;
  }
}
