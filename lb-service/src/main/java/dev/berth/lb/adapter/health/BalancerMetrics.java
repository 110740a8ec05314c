package dev.berth.lb.adapter.health;

import dev.berth.lb.adapter.proxy.NettyDataPlane;
import dev.berth.lb.application.Balancer;
import dev.berth.lb.application.Balancer.GroupHealth;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.ToIntFunction;

/** How target groups and listeners are, as gauges that come and go with them. */
@ApplicationScoped
public class BalancerMetrics {
  private final Balancer balancer;
  private final NettyDataPlane dataPlane;
  private final MultiGauge registered;
  private final MultiGauge healthy;
  private final MultiGauge listening;

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
