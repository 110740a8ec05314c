package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.service.StabilityStatus;
import dev.berth.contracts.service.TaskSetState;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.state.DeploymentMemory;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.Subject;
import dev.berth.scheduler.domain.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Tells how a service is, where that differs from what was told last. */
final class ServiceReport {
  private static final String STEADY = "steady";

  private final Planning planning;
  private final ServiceState service;

  ServiceReport(Planning planning, ServiceState service) {
    this.planning = planning;
    this.service = service;
  }

  /** A service that shall have no tasks. */
  void ending(ServiceStatusName status) {
    service.unsay(STEADY);
    report(status, 0, 0, 0, false, List.of(), List.of());
  }

  /**
   * A service that shall have tasks.
   *
   * @param wanted how many; for a DAEMON the scheduler counts them
   */
  void active(List<Member> live, int wanted) {
    DeploymentDesired primary = service.primary();
    DeploymentMemory memory = service.memory(primary.id());
    long healthy = live.stream().filter(m -> m.isKeeper() && m.isHealthy()).count();
    boolean alone = live.stream().allMatch(Member::primary) && !othersAreEnding(primary);
    if (!memory.isCompleted() && !isFrozen(service) && alone && healthy >= wanted) {
      memory.completed(planning.now());
      planning.say(
          service.desired(),
          Sentence.info(
              "SERVICE_DEPLOYMENT_COMPLETED",
              primary.id(),
              "(deployment %s) deployment completed.".formatted(primary.id())));
    }
    int running = (int) live.stream().filter(m -> m.task().isRunning()).count();
    boolean steady = memory.isCompleted() && alone && live.size() == wanted && healthy == wanted;
    saySteady(steady);
    report(
        ServiceStatusName.ACTIVE,
        wanted,
        running,
        live.size() - running,
        steady,
        deployments(live, wanted),
        List.of());
  }

  /** A service whose task sets somebody else moves. */
  void external(List<Member> live) {
    List<TaskSetState> before =
        service.reported() == null ? List.of() : service.reported().taskSets();
    List<TaskSetState> sets = TaskSetPlan.states(service, live, before, planning.now());
    int running = (int) live.stream().filter(m -> m.task().isRunning()).count();
    boolean steady =
        sets.stream().allMatch(set -> set.stabilityStatus() == StabilityStatus.STEADY_STATE);
    saySteady(steady && !sets.isEmpty());
    report(
        ServiceStatusName.ACTIVE,
        service.desired().desiredCount(),
        running,
        live.size() - running,
        steady,
        List.of(),
        sets);
  }

  /**
   * A deployment that was given up starts and completes nothing, also one that was gone back to:
   * the service stays as it is until its users deploy anew (ECS: deployment circuit breaker).
   */
  static boolean isFrozen(ServiceState service) {
    return service.memory(service.primary().id()).isFailed();
  }

  private void saySteady(boolean steady) {
    Duration repeat = planning.settings().steadyStateRepeat();
    if (!steady) {
      service.unsay(STEADY);
      return;
    }
    planning.sayOnce(
        service,
        STEADY,
        repeat,
        Sentence.info("SERVICE_STEADY_STATE", null, "has reached a steady state."));
    planning.lookAgain(
        new Subject.OfService(service.name()), service.lastSaid(STEADY).plus(repeat));
  }

  /** Whether tasks of older deployments are still on their way out, on instances that are heard. */
  private boolean othersAreEnding(DeploymentDesired primary) {
    for (TaskState task : service.tasks()) {
      if (isEnding(task) && !primary.id().equals(task.deploymentId())) {
        return true;
      }
    }
    return false;
  }

  private boolean isEnding(TaskState task) {
    if (!task.isStopping()) {
      return false;
    }
    InstanceState instance = planning.state().instance(task.containerInstanceId());
    return instance != null && !instance.isLost();
  }

  private List<DeploymentState> deployments(List<Member> live, int wanted) {
    List<DeploymentState> states = new ArrayList<>();
    DeploymentDesired completed = service.lastCompleted();
    String lastCompleted = completed == null ? null : completed.id();
    boolean settled = service.memory(service.primary().id()).isCompleted();
    Map<String, List<Member>> members = new HashMap<>();
    for (Member member : live) {
      members.computeIfAbsent(member.task().deploymentId(), id -> new ArrayList<>()).add(member);
    }
    Set<String> ending = new HashSet<>();
    for (TaskState task : service.tasks()) {
      if (isEnding(task)) {
        ending.add(task.deploymentId());
      }
    }
    String newest = service.primary().id();
    for (DeploymentDesired deployment : service.desired().deployments()) {
      boolean primary = deployment.id().equals(newest);
      List<Member> its = members.getOrDefault(deployment.id(), List.of());
      boolean target = !settled && deployment.id().equals(lastCompleted);
      if (primary || !its.isEmpty() || ending.contains(deployment.id()) || target) {
        states.add(state(deployment, primary, its, primary ? wanted : 0));
      }
    }
    return states;
  }

  private DeploymentState state(
      DeploymentDesired deployment, boolean primary, List<Member> live, int wanted) {
    DeploymentMemory memory = service.memory(deployment.id());
    int running = (int) live.stream().filter(m -> m.task().isRunning()).count();
    TaskDefinition definition = deployment.taskDefinition();
    return new DeploymentState(
        deployment.id(),
        primary ? DeploymentStatus.PRIMARY : DeploymentStatus.ACTIVE,
        definition == null ? null : definition.taskDefinitionArn(),
        wanted,
        live.size() - running,
        running,
        memory.failures(),
        memory.rolloutState(),
        memory.reason() != null
            ? memory.reason()
            : "ECS deployment "
                + deployment.id()
                + (memory.isCompleted() ? " completed." : " in progress."),
        deployment.createdAt(),
        deployment.updatedAt(),
        CircuitBreaker.state(service.desired().deploymentConfiguration(), memory, wanted(wanted)),
        memory.images(),
        memory.completedAt(),
        memory.stoppedAt(),
        nextLaunch(memory, wanted));
  }

  private int wanted(int ofThis) {
    return Math.max(ofThis, service.desired().desiredCount());
  }

  private Instant nextLaunch(DeploymentMemory memory, int wanted) {
    Instant until = BackOff.until(memory, wanted, planning.settings());
    return until != null && until.isAfter(planning.now()) ? until : null;
  }

  private void report(
      ServiceStatusName status,
      int desiredCount,
      int running,
      int pending,
      boolean steady,
      List<DeploymentState> deployments,
      List<TaskSetState> taskSets) {
    ServiceDesired desired = service.desired();
    ServiceStatus last = service.reported();
    Instant now = planning.now();
    if (last != null
        && last.serviceId().equals(desired.serviceId())
        && last.observedVersion() == desired.version()
        && last.status() == status
        && last.desiredCount() == desiredCount
        && last.runningCount() == running
        && last.pendingCount() == pending
        && last.steady() == steady
        && Objects.equals(last.deployments(), deployments)
        && Objects.equals(last.rollback(), service.rollback())
        && Objects.equals(last.taskSets(), taskSets)) {
      return;
    }
    planning.decide(
        new Decision.ReportService(
            new ServiceStatus(
                desired.cluster(),
                desired.serviceName(),
                desired.serviceId(),
                planning.nextVersion(),
                desired.version(),
                status,
                desiredCount,
                running,
                pending,
                steady,
                deployments,
                now,
                service.rollback(),
                taskSets)));
  }
}
