package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.placement.Candidates;
import dev.berth.scheduler.domain.placement.PlacementRequest;
import dev.berth.scheduler.domain.placement.Refusal;
import dev.berth.scheduler.domain.placement.TaskResources;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Starts and stops tasks of one service. */
final class ServiceTasks {
  /** Where a service doesn't say: over zones, and over instances within each. */
  private static final List<PlacementStrategy> SPREAD =
      List.of(
          new PlacementStrategy("spread", "attribute:ecs.availability-zone"),
          new PlacementStrategy("spread", "instanceId"));

  private static final String NO_ROOM = "placement";

  private final Planning planning;
  private final Orders orders;
  private final ServiceState service;

  ServiceTasks(Planning planning, Orders orders, ServiceState service) {
    this.planning = planning;
    this.orders = orders;
    this.service = service;
  }

  /** The live tasks of the service as it is now. */
  List<Member> members(StartRecord starts) {
    DeploymentDesired primary = service.primary();
    List<Member> members = new ArrayList<>();
    for (TaskState task : service.tasks()) {
      if (!task.isLive()) {
        continue;
      }
      Health health = Health.of(service, task, planning.now());
      starts.running(service, task, health.isHealthy(), Health.hasChecks(service, task));
      members.add(
          Member.of(
              planning, task, primary != null && primary.id().equals(task.deploymentId()), health));
    }
    return members;
  }

  /**
   * Starts tasks of the newest deployment; says why when there is no room for all.
   *
   * @return how many were started
   */
  int start(int count, Collection<InstanceState> instances) {
    DeploymentDesired primary = service.primary();
    ServiceDesired desired = service.desired();
    Resources needs = TaskResources.of(primary.taskDefinition(), null);
    Candidates candidates = candidates(instances, needs);
    for (int i = 0; i < count; i++) {
      InstanceState chosen = candidates.next();
      if (chosen == null) {
        noRoom(primary, candidates.refusal());
        return i;
      }
      TaskAssignment placed = orders.forService(desired, primary, chosen.id(), needs);
      planning.decide(
          new Decision.PlaceTask(
              placed, orders.order(placed), orders.verdict(placed, VerdictOutcome.PLACED)));
      planning.tally().started(service.name(), placed.taskId());
    }
    service.unsay(NO_ROOM);
    return count;
  }

  /** Where tasks of the newest deployment may go. */
  Candidates candidates(Collection<InstanceState> instances, Resources needs) {
    ServiceDesired desired = service.desired();
    return Candidates.among(
        instances,
        PlacementRequest.of(
            "service:" + service.name(),
            service.primary().taskDefinition(),
            needs,
            desired.placementConstraints(),
            desired.placementStrategy().isEmpty() ? SPREAD : desired.placementStrategy()),
        planning.now(),
        planning.settings().heartbeatFreshFor(),
        planning.ids());
  }

  private void noRoom(DeploymentDesired primary, Refusal refusal) {
    planning.state().attention().waitForRoom(service.name());
    planning.sayOnce(
        service,
        NO_ROOM,
        Duration.ofHours(1),
        Sentence.warn(
            "SERVICE_TASK_PLACEMENT_FAILURE",
            primary.id(),
            "was unable to place a task because no container instance met all of its requirements. "
                + refusal.sentence()));
  }

  /** Stops a task, out of its target groups first. */
  void stop(TaskState task, String reason) {
    TaskAssignment stopped =
        orders.stopped(task.assignment(), StopCode.ServiceSchedulerInitiated, reason);
    planning.decide(
        new Decision.RetireTask(stopped, orders.verdict(stopped, VerdictOutcome.PLACED)));
  }

  /** Stops a task because the service's tasks change. */
  void scale(Member member) {
    DeploymentDesired primary = service.primary();
    stop(
        member.task(),
        "Scaling activity initiated by (deployment %s)"
            .formatted(primary == null ? member.task().deploymentId() : primary.id()));
  }
}
