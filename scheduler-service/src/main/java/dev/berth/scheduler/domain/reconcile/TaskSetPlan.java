package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.Scale;
import dev.berth.contracts.service.StabilityStatus;
import dev.berth.contracts.service.TaskSetDesired;
import dev.berth.contracts.service.TaskSetState;
import dev.berth.contracts.service.TaskSetStatus;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.Subject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings each task set of a service to its share of the desired count (ECS: TaskSet,
 * computedDesiredCount). Who has the EXTERNAL deployment controller moves from one set to the next
 * by their scales.
 */
final class TaskSetPlan {
  private final Planning planning;
  private final ServiceState service;
  private final ServiceTasks tasks;
  private final List<Member> live;

  TaskSetPlan(Planning planning, ServiceState service, ServiceTasks tasks, List<Member> members) {
    this.planning = planning;
    this.service = service;
    this.tasks = tasks;
    this.live = new ArrayList<>(members);
  }

  /** The share of a desired count, rounded up; nothing for a set that is being deleted. */
  static int computedDesiredCount(TaskSetDesired set, int desiredCount) {
    if (set.status() == TaskSetStatus.DRAINING) {
      return 0;
    }
    Scale scale = set.scale();
    double percent = scale == null || scale.value() == null ? 0 : scale.value();
    // In decimals: 1.1 % of 3000 are 33, not a little more.
    return BigDecimal.valueOf(percent)
        .multiply(BigDecimal.valueOf(desiredCount))
        .movePointLeft(2)
        .setScale(0, RoundingMode.CEILING)
        .intValueExact();
  }

  void carryOut() {
    int missing = 0;
    tasks.note(live);
    for (Member member : List.copyOf(live)) {
      if (service.deployment(member.task().deploymentId()) == null) {
        stop(member);
      }
    }
    for (TaskSetDesired set : service.desired().taskSets()) {
      if (set.taskDefinition() != null) {
        missing += bringTo(set, computedDesiredCount(set, service.desired().desiredCount()));
      }
    }
    tasks.tellOfEnough(missing <= 0);
  }

  /** Tells how many it still lacks. */
  private int bringTo(TaskSetDesired set, int wanted) {
    DeploymentDesired deployment = service.deployment(set.id());
    List<Member> its = membersOf(set, live);
    List<Member> keepers = its.stream().filter(m -> !m.leaving() && !m.isUnhealthy()).toList();
    List<Member> stoppable = keepers.stream().filter(m -> !m.isProtected(planning.now())).toList();
    Victims victims =
        new Victims(
            stoppable,
            keepers,
            service.desired().placementStrategy(),
            service.capacityProviderStrategy(deployment));
    for (int excess = keepers.size() - wanted; excess > 0; excess--) {
      Member victim = victims.next();
      if (victim == null) {
        break;
      }
      stop(victim);
    }
    long healthy = keepers.stream().filter(Member::isHealthy).count();
    for (Member member : its) {
      boolean goes = member.leaving() || member.isUnhealthy();
      if (goes && healthy >= wanted && !member.isProtected(planning.now())) {
        tasks.replace(member);
        live.remove(member);
      }
    }
    int missing = wanted - keepers.size();
    if (missing <= 0) {
      return 0;
    }
    Instant notBefore = BackOff.until(service.memory(set.id()), wanted, planning.settings());
    if (notBefore != null && planning.now().isBefore(notBefore)) {
      planning.lookAgain(new Subject.OfService(service.name()), notBefore);
      return missing;
    }
    return missing - tasks.start(deployment, missing);
  }

  private void stop(Member member) {
    tasks.scale(member);
    live.remove(member);
  }

  static List<Member> membersOf(TaskSetDesired set, List<Member> members) {
    return members.stream().filter(m -> set.id().equals(m.task().deploymentId())).toList();
  }

  /** How the sets are; {@code before} tells since when. A deleted one without tasks is left out. */
  static List<TaskSetState> states(
      ServiceState service, List<Member> live, List<TaskSetState> before, Instant now) {
    List<TaskSetState> states = new ArrayList<>();
    for (TaskSetDesired set : service.desired().taskSets()) {
      List<Member> its = membersOf(set, live);
      boolean ending =
          service.tasks().stream()
              .anyMatch(t -> t.isStopping() && set.id().equals(t.deploymentId()));
      if (set.status() == TaskSetStatus.DRAINING && its.isEmpty() && !ending) {
        continue;
      }
      int wanted = computedDesiredCount(set, service.desired().desiredCount());
      int running = (int) its.stream().filter(m -> m.task().isRunning()).count();
      boolean stable =
          its.size() == wanted && its.stream().allMatch(m -> m.isHealthy() && !m.leaving());
      StabilityStatus stability =
          stable ? StabilityStatus.STEADY_STATE : StabilityStatus.STABILIZING;
      TaskSetState known =
          before.stream().filter(s -> s.id().equals(set.id())).findFirst().orElse(null);
      Instant since =
          known != null && known.stabilityStatus() == stability ? known.stabilityStatusAt() : now;
      states.add(
          new TaskSetState(
              set.id(), wanted, its.size() - running, running, stability, since, set.updatedAt()));
    }
    return states;
  }
}
