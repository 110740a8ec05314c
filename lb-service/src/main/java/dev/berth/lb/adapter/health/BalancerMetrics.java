package dev.berth.lb.adapter.health;

import dev.berth.lb.adapter.proxy.NettyDataPlane;
import dev.berth.lb.adapter.proxy.NettyDataPlane.TargetCounts;
import dev.berth.lb.application.Balancer;
import dev.berth.lb.application.Balancer.GroupHealth;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** How target groups and listeners are, as gauges that come and go with them. */
@ApplicationScoped
public class BalancerMetrics {
  /** Targets with gauges of their own, the busiest ones: more would be too much to scrape. */
  private static final int MOST_TARGETS = 1000;

  private final Balancer balancer;
  private final NettyDataPlane dataPlane;
  private final MultiGauge registered;
  private final MultiGauge healthy;
  private final MultiGauge listening;
  private final MultiGauge requests;
  private final MultiGauge errors;
  private final MultiGauge inFlight;

  BalancerMetrics(Balancer balancer, NettyDataPlane dataPlane, MeterRegistry registry) {
    this.balancer = balancer;
    this.dataPlane = dataPlane;
    this.registered =
        MultiGauge.builder("berth.lb.targets.registered")
            .description("Targets of a group that aren't drained")
            .register(registry);
    this.healthy =
        MultiGauge.builder("berth.lb.targets.healthy")
            .description("Targets of a group that are healthy")
            .register(registry);
    this.listening =
        MultiGauge.builder("berth.lb.listener.up")
            .description("1 if a listener's port is open, 0 if it can't be had")
            .register(registry);
    this.requests =
        MultiGauge.builder("berth.lb.target.requests")
            .description("Requests that a target was asked since it takes traffic, by group")
            .register(registry);
    this.errors =
        MultiGauge.builder("berth.lb.target.errors")
            .description("Requests that a target did not answer, or with a code of 500 and more")
            .register(registry);
    this.inFlight =
        MultiGauge.builder("berth.lb.target.active.requests")
            .description("Requests that a target has now")
            .register(registry);
  }

  /** Brings the gauges up to date. */
  public void update() {
    Balancer.Summary summary = balancer.summary();
    registered.register(rows(summary.groups(), GroupHealth::registered), true);
    healthy.register(rows(summary.groups(), GroupHealth::healthy), true);
    listening.register(
        summary.listeners().entrySet().stream()
            .<Row<?>>map(
                listener ->
                    Row.of(
                        Tags.of("listener", listener.getValue() + ":" + listener.getKey()),
                        dataPlane.isOpen(listener.getKey()) ? 1 : 0))
            .toList(),
        true);
    List<TargetCounts> targets = dataPlane.targetCounts(MOST_TARGETS);
    requests.register(counts(targets, TargetCounts::requests), true);
    errors.register(counts(targets, TargetCounts::errors), true);
    inFlight.register(counts(targets, TargetCounts::inFlight), true);
  }

  private static Iterable<Row<?>> counts(
      List<TargetCounts> targets, ToLongFunction<TargetCounts> count) {
    return targets.stream()
        .<Row<?>>map(
            target ->
                Row.of(
                    Tags.of("target_group", target.targetGroupName(), "target", target.targetId()),
                    count.applyAsLong(target)))
        .toList();
  }

  private static Iterable<Row<?>> rows(
      Map<String, GroupHealth> groups, ToIntFunction<GroupHealth> count) {
    return groups.values().stream()
        .<Row<?>>map(
            group ->
                Row.of(Tags.of("target_group", group.targetGroupName()), count.applyAsInt(group)))
        .toList();
  }
}
