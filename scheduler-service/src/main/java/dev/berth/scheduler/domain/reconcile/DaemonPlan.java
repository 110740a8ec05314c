package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.task.Resources;
import dev.berth.scheduler.domain.placement.PlacementRequest;
import dev.berth.scheduler.domain.placement.Suitability;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each suitable ACTIVE instance one task of a DAEMON service. An instance gets the new task
 * when the old one has been told to stop, as many at once as minimumHealthyPercent lets.
 */
final class DaemonPlan {
  private final Planning planning;
  private final ServiceState service;
  private final ServiceTasks tasks;
  private final List<Member> live;

  DaemonPlan(Planning planning, ServiceState service, ServiceTasks tasks, List<Member> members) {
    this.planning = planning;
    this.service = service;
    this.tasks = tasks;
    this.live = new ArrayList<>(members);
  }

  /**
   * Starts and stops tasks.
   *
   * @return how many instances shall have a task
   */
  int carryOut() {
    List<InstanceState> suitable = suitable();
    Map<String, List<Member>> byInstance = new HashMap<>();
    for (Member member : live) {
      byInstance
          .computeIfAbsent(member.task().containerInstanceId(), id -> new ArrayList<>())
          .add(member);
    }
    stopUnsuitable(suitable);
    int spare = spare(suitable.size());
    Instant notBefore = backOff(suitable.size());
    boolean held = notBefore != null && planning.now().isBefore(notBefore);
    if (held) {
      planning.lookAgain(new Subject.OfService(service.name()), notBefore);
    }
    for (InstanceState instance : suitable) {
      List<Member> there = byInstance.getOrDefault(instance.id(), List.of());
      boolean keeps = there.stream().anyMatch(Member::isKeeper);
      boolean first = true;
      for (Member member : there) {
        boolean surplus = member.isKeeper() && !first;
        first = first && !member.isKeeper();
        boolean replace = !member.isKeeper() && !held;
        if (member.isHealthy() && (surplus || replace)) {
          if (spare <= 0) {
            keeps = true;
            continue;
          }
          spare--;
        }
        if (surplus || replace) {
          tasks.scale(member);
        }
      }
      if (!keeps && !held && !isOccupied(there)) {
        tasks.start(1, List.of(instance));
      }
    }
    return suitable.size();
  }

  // A task that was kept for now still holds its instance.
  private static boolean isOccupied(List<Member> there) {
    return there.stream().anyMatch(member -> member.task().isLive());
  }

  private List<InstanceState> suitable() {
    DeploymentDesired primary = service.primary();
    ServiceDesired desired = service.desired();
    Suitability suitability =
        new Suitability(
            PlacementRequest.of(
                "service:" + service.name(),
                primary.taskDefinition(),
                new Resources(0, 0, List.of(), 0),
                desired.placementConstraints().stream()
                    .filter(constraint -> !"distinctInstance".equals(constraint.type()))
                    .toList(),
                List.of()));
    List<InstanceState> suitable = new ArrayList<>();
    for (InstanceState instance : planning.state().instances()) {
      if (instance.wanted() == InstanceStatusName.ACTIVE
          && !instance.isLost()
          && suitability.suits(instance)) {
        suitable.add(instance);
      }
    }
    return suitable;
  }

  private void stopUnsuitable(List<InstanceState> suitable) {
    for (Member member : List.copyOf(live)) {
      if (!suitable.contains(member.instance()) && !member.isProtected(planning.now())) {
        tasks.scale(member);
        live.remove(member);
      }
    }
  }

  private int spare(int wanted) {
    int healthy = (int) live.stream().filter(Member::isHealthy).count();
    return healthy
        - DeploymentLimits.daemon(service.desired().deploymentConfiguration(), wanted).minHealthy();
  }

  private Instant backOff(int wanted) {
    return BackOff.until(service.memory(service.primary().id()), wanted, planning.settings());
  }
}
