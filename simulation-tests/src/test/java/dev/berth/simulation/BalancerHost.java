package dev.berth.simulation;

import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.lb.application.Balancer;
import dev.berth.lb.application.ConfigurationCopy;
import dev.berth.lb.application.DataPlane;
import dev.berth.lb.application.Prober;
import dev.berth.lb.application.SerialExecutor;
import dev.berth.lb.application.StatusReports;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** A load balancer's process: the real balancer on made-up sockets. Nothing of it is durable. */
final class BalancerHost {
  /** Below the silence after which nobody believes a balancer any more, two minutes. */
  private static final long REFRESH = 100 * Sim.SECOND;

  private static final Duration SETTLE = Duration.ofSeconds(30);

  private final Sim sim;
  private final SimLog log;
  private final String name;
  private final Function<String, Machine> machines;
  private Life process = new Life("never started");
  private Balancer balancer;
  private LogReader reader;
  private boolean catchingUp;

  /**
   * @param machines the machine of an address
   */
  BalancerHost(Sim sim, SimLog log, String name, Function<String, Machine> machines) {
    this.sim = sim;
    this.log = log;
    this.name = name;
    this.machines = machines;
    log.onReplaced(this::replaced);
  }

  @Override
  public String toString() {
    return name;
  }

  boolean isUp() {
    return !process.isOver();
  }

  LogReader reader() {
    return reader;
  }

  void kill() {
    process.end();
  }

  void start() {
    process = new Life(name);
    balancer =
        new Balancer(
            new ManualTargetPolicy(false, Set.of()),
            null,
            SETTLE,
            ConfigurationCopy.NONE,
            new Plane(),
            new Probes(),
            new Reports(),
            new Serial(),
            sim.clock(),
            problem -> sim.violated(name + " can't do what is wanted: " + problem));
    reader = new LogReader(sim, process, log, () -> true, 20, this::take, this::caughtUp);
    reader.add(log.parts(Topic.LOAD_BALANCER_DESIRED)[0]);
    reader.add(log.parts(Topic.TARGET_DESIRED)[0]);
    catchingUp = true;
    reader.start(null);
    Life mine = process;
    sim.after(sim.dice().between(1, REFRESH), mine, () -> refresh(mine));
  }

  private void refresh(Life mine) {
    balancer.refresh();
    sim.after(REFRESH, mine, () -> refresh(mine));
  }

  private void replaced() {
    if (isUp()) {
      sim.after(
          sim.dice().between(100, 4_000),
          process,
          () -> {
            reader.rewind();
            balancer.logChanged();
          });
    }
  }

  private void take(Topic topic, String key, Object value) {
    if (topic == Topic.LOAD_BALANCER_DESIRED) {
      balancer.loadBalancerChanged(key, (LoadBalancerDesired) value);
    } else {
      int bar = key.lastIndexOf('|');
      balancer.targetChanged(
          new TargetKey(key.substring(0, bar), key.substring(bar + 1)), (TargetDesired) value);
    }
  }

  private void caughtUp() {
    if (catchingUp && reader.isAtEnd()) {
      catchingUp = false;
      balancer.caughtUp(false);
    }
  }

  /** One thing after the other, without threads. */
  private final class Serial implements SerialExecutor {
    private final Life mine = process;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    @Override
    public void execute(Runnable action) {
      waiting.add(action);
      if (!running) {
        running = true;
        sim.after(100, mine, this::work);
      }
    }

    private void work() {
      while (!waiting.isEmpty()) {
        waiting.remove().run();
      }
      running = false;
    }

    @Override
    public void schedule(Runnable action, Duration delay) {
      sim.after(delay.toMillis(), mine, () -> execute(action));
    }
  }

  private final class Plane implements DataPlane {
    private final Life mine = process;

    @Override
    public void route(RoutingTable table) {
      // Nobody sends requests here.
    }

    @Override
    public void drain(Target target, Runnable idle) {
      sim.after(sim.dice().delay(3_000, 60_000), mine, idle);
    }

    @Override
    public void terminate(TargetKey key) {
      // No connections to close.
    }

    @Override
    public void forget(TargetKey key) {
      // No connections to close.
    }
  }

  private final class Probes implements Prober {
    private final Life mine = process;
    private final Map<TargetKey, Long> newest = new HashMap<>();
    private long count;

    @Override
    public void probe(
        Target target, HealthCheck check, Duration delay, Consumer<ProbeOutcome> done) {
      long number = ++count;
      newest.put(target.key(), number);
      sim.after(
          delay.toMillis() + sim.dice().between(1, 20),
          mine,
          () -> {
            if (newest.getOrDefault(target.key(), 0L) == number) {
              sim.tally().count(Tally.Effect.PROBE);
              done.accept(look(target));
            }
          });
    }

    private ProbeOutcome look(Target target) {
      Machine machine = machines.apply(target.host());
      boolean answers =
          machine != null && machine.isConnected() && machine.docker().answers(target.port());
      return answers ? ProbeOutcome.GOOD : ProbeOutcome.failed("Connection refused");
    }

    @Override
    public void cancel(TargetKey key) {
      newest.remove(key);
    }
  }

  /** The newest status of each key, one at a time. */
  private final class Reports implements StatusReports {
    private final Life mine = process;
    private final Map<String, TargetStatus> waiting = new LinkedHashMap<>();
    private final Map<TargetKey, TargetHealthState> told = new HashMap<>();
    private boolean sending;
    private long lastVersion;

    @Override
    public void report(Target target, HealthDescription health, Instant changedAt) {
      TargetKey key = target.key();
      lastVersion = Math.max(lastVersion + 1, sim.now() * 1_000);
      if (told.put(key, health.state()) != health.state()) {
        sim.story().tell("%s: target %s is %s", name, key.targetId(), health.state());
      }
      offer(
          key,
          Records.of(
              TargetStatus.class,
              "targetGroupArn",
              key.targetGroupArn(),
              "targetId",
              key.targetId(),
              "lbInstanceId",
              name,
              "version",
              lastVersion,
              "cluster",
              target.cluster(),
              "taskId",
              target.taskId(),
              "state",
              health.state(),
              "reason",
              health.reason(),
              "description",
              health.description(),
              "changedAt",
              changedAt));
    }

    @Override
    public void forget(TargetKey key) {
      told.remove(key);
      offer(key, null);
    }

    private void offer(TargetKey key, TargetStatus status) {
      waiting.put(Keys.targetStatus(key.targetGroupArn(), key.targetId(), name), status);
      if (!sending) {
        sending = true;
        sim.after(sim.dice().delay(10, 500), mine, this::send);
      }
    }

    private void send() {
      if (!log.isReachable()) {
        sim.after(Sim.SECOND, mine, this::send);
        return;
      }
      sending = false;
      Map<String, TargetStatus> now = new LinkedHashMap<>(waiting);
      waiting.clear();
      now.forEach(
          (key, status) ->
              log.append(Topic.TARGET_STATUS, key, key.substring(0, key.indexOf('|')), status));
    }
  }
}
