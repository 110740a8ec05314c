package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.Capabilities;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.AvailabilityZoneRebalancing;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.task.Resources;
import dev.berth.scheduler.domain.placement.SpreadField;
import dev.berth.scheduler.domain.placement.TaskResources;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Moves tasks of a service that is otherwise well from crowded availability zones to empty ones: a
 * task is started where fewest are, and once it is healthy one goes where most are (ECS:
 * availabilityZoneRebalancing). Zones without an instance that has room don't count.
 */
final class ZoneBalance {
  private final Planning planning;
  private final ServiceState service;
  private final ServiceTasks tasks;

  ZoneBalance(Planning planning, ServiceState service, ServiceTasks tasks) {
    this.planning = planning;
    this.service = service;
    this.tasks = tasks;
  }

  /** Whether tasks are on their way from one zone to another. */
  boolean isMoving() {
    return service.isRebalancing();
  }

  /**
   * Starts what is missing in a zone.
   *
   * @param room how many tasks maximumPercent lets us start
   * @param notBefore when the next task may start, or null for at once
   */
  void look(List<Member> live, int healthy, int room, Instant notBefore) {
    int desired = service.desired().desiredCount();
    if (!isWanted()) {
      service.rebalances(false);
      return;
    }
    boolean well =
        live.size() == desired
            && healthy == desired
            && live.stream().allMatch(Member::isKeeper)
            && service.memory(service.primary().id()).isCompleted();
    if (!well) {
      return;
    }
    Map<String, Integer> zones = new TreeMap<>();
    live.forEach(member -> zones.merge(zoneOf(member.instance()), 1, Integer::sum));
    boolean held = notBefore != null && planning.now().isBefore(notBefore);
    boolean started = !held && start(zones, room);
    if (isMoving() && !started && !held) {
      service.rebalances(false);
      planning.say(
          service.desired(),
          Sentence.info(
              "SERVICE_REBALANCING_COMPLETED", null, "is AZ balanced with " + told(zones) + "."));
    }
  }

  private boolean start(Map<String, Integer> zones, int room) {
    DeploymentDesired primary = service.primary();
    Resources needs = TaskResources.of(primary.taskDefinition(), null);
    String provider = provider(primary);
    boolean started = false;
    for (int left = room; left > 0; left--) {
      InstanceState best =
          planning
              .placements()
              .candidates(tasks.request(primary, provider, needs))
              .best(planning.now());
      int most = zones.values().stream().mapToInt(Integer::intValue).max().orElse(0);
      if (best == null || most - zones.getOrDefault(zoneOf(best), 0) < 2) {
        return started;
      }
      if (!isMoving()) {
        service.rebalances(true);
        planning.say(
            service.desired(),
            Sentence.info(
                "SERVICE_REBALANCING_STARTED",
                null,
                "is not AZ balanced with " + told(zones) + ". AZ Rebalancing in progress."));
      }
      tasks.place(primary, best, provider, needs);
      started = true;
      zones.merge(zoneOf(best), 1, Integer::sum);
      String crowded =
          zones.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
      zones.merge(crowded, -1, Integer::sum);
    }
    return started;
  }

  private boolean isWanted() {
    return service.desired().availabilityZoneRebalancing() == AvailabilityZoneRebalancing.ENABLED
        && SpreadField.isZonesFirst(service.desired().placementStrategy())
        && service.capacityProviderStrategy(service.primary()).size() <= 1;
  }

  /** The only capacity provider of the service's tasks, or null where there is no strategy. */
  private String provider(DeploymentDesired primary) {
    List<CapacityProviderStrategyItem> strategy = service.capacityProviderStrategy(primary);
    return strategy.isEmpty() ? null : strategy.getFirst().capacityProvider();
  }

  private static String zoneOf(InstanceState instance) {
    return instance == null
        ? ""
        : instance.attributes().getOrDefault(Capabilities.AVAILABILITY_ZONE, "");
  }

  private static String told(Map<String, Integer> zones) {
    return zones.entrySet().stream()
        .map(zone -> "%d tasks in %s".formatted(zone.getValue(), zone.getKey()))
        .collect(Collectors.joining(", "));
  }
}
