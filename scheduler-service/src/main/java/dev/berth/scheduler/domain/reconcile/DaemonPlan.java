package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.task.Resources;
import dev.berth.scheduler.domain.placement.PlacementRequest;
import dev.berth.scheduler.domain.placement.Suitability;
import dev.berth.scheduler.domain.placement.TaskResources;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.Subject;
import dev.berth.scheduler.domain.state.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    tasks.note(live);
    Set<InstanceState> suitable = suitable();
    Resources needs = TaskResources.of(service.primary().taskDefinition(), null);
    Suitability large = new Suitability(tasks.request(service.primary(), null, needs));
    boolean freed = false;
    for (InstanceState instance : planning.state().instances()) {
      if (!suitable.contains(instance)) {
        freed |= instance.unreserve(service.name());
      }
    }
    Map<String, List<Member>> byInstance = new HashMap<>();
    for (Member member : live) {
      byInstance
          .computeIfAbsent(member.task().containerInstanceId(), id -> new ArrayList<>())
          .add(member);
    }
    stopUnsuitable(suitable);
    int spare = spare(suitable.size());
    Instant notBefore = backOff(suitable.size());
    boolean waits = notBefore != null && planning.now().isBefore(notBefore);
    boolean held = waits || ServiceReport.isFrozen(service);
    if (waits) {
      planning.lookAgain(new Subject.OfService(service.name()), notBefore);
    }
    boolean complete = true;
    for (InstanceState instance : suitable) {
      List<Member> there = byInstance.getOrDefault(instance.id(), List.of());
      boolean keeps = there.stream().anyMatch(Member::isKeeper);
      boolean first = true;
      for (Member member : there) {
        boolean surplus = member.isKeeper() && !first;
        first = first && !member.isKeeper();
        boolean replace = !member.isKeeper() && !held;
        if ((surplus || replace) && isProtected(member)) {
          keeps = true;
          continue;
        }
        if (member.isHealthy() && (surplus || replace)) {
          if (spare <= 0) {
            keeps = true;
            continue;
          }
          spare--;
        }
        if (replace) {
          tasks.replace(member);
        } else if (surplus) {
          tasks.scale(member);
        }
      }
      boolean kept = instance.unreserve(service.name());
      boolean lacks = !keeps && !isOccupied(there);
      boolean started = lacks && !held && tasks.startOn(service.primary(), instance);
      if (lacks && !started && large.suits(instance)) {
        instance.reserve(service.name(), needs); // nobody else gets the room
      } else {
        freed |= kept;
      }
      complete &= !lacks || started;
    }
    if (freed) {
      planning.state().attention().moreRoom();
    }
    tasks.tellOfEnough(complete);
    return suitable.size();
  }

  private boolean isProtected(Member member) {
    return member.isProtected(planning.now());
  }

  /** Room that was kept for a service which is wanted no more. */
  static void giveBack(Planning planning, ServiceState service) {
    boolean freed = false;
    for (InstanceState instance : planning.state().instances()) {
      freed |= instance.unreserve(service.name());
    }
    if (freed) {
      planning.state().attention().moreRoom();
    }
  }

  // A task that was kept for now still holds its instance.
  private static boolean isOccupied(List<Member> there) {
    return there.stream().anyMatch(member -> member.task().isLive());
  }

  private Set<InstanceState> suitable() {
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
                    List.of())
                .on(primary.launchType(), null));
    Set<InstanceState> suitable = new LinkedHashSet<>();
    for (InstanceState instance : planning.state().instances()) {
      if (instance.wanted() == InstanceStatusName.ACTIVE
          && !instance.isLost()
          && suitability.suits(instance)) {
        suitable.add(instance);
      }
    }
    return suitable;
  }

  private void stopUnsuitable(Set<InstanceState> suitable) {
    for (Member member : List.copyOf(live)) {
      if (suitable.contains(member.instance()) || isProtected(member)) {
        continue;
      }
      if (member.leaving() && hasOthers(member.instance())) {
        // A daemon serves the others on its instance: it is the last to go (ECS).
        planning.state().attention().waitForRoom(new Subject.OfService(service.name()));
        continue;
      }
      tasks.scale(member);
      live.remove(member);
    }
  }

  private boolean hasOthers(InstanceState instance) {
    for (TaskState task : instance.tasks()) {
      ServiceState its =
          task.serviceName() == null ? null : planning.state().service(task.serviceName());
      boolean daemon =
          its != null
              && its.desired() != null
              && its.desired().schedulingStrategy() == SchedulingStrategy.DAEMON;
      if (its != null && !daemon) {
        return true;
      }
    }
    return false;
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
