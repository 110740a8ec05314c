package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.service.ContainerImage;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.task.ContainerState;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.placement.Candidates;
import dev.berth.scheduler.domain.placement.CapacityShares;
import dev.berth.scheduler.domain.placement.PlacementRequest;
import dev.berth.scheduler.domain.placement.Refusal;
import dev.berth.scheduler.domain.placement.SpreadField;
import dev.berth.scheduler.domain.placement.TaskResources;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Starts and stops tasks of one service. */
final class ServiceTasks {
  private static final String NO_ROOM = "placement";

  private final Planning planning;
  private final Orders orders;
  private final ServiceState service;
  private final CapacityNeed need;
  private final Set<String> lacking = new HashSet<>(2);
  private boolean tried;

  ServiceTasks(Planning planning, Orders orders, ServiceState service) {
    this.planning = planning;
    this.orders = orders;
    this.service = service;
    this.need = new CapacityNeed(planning);
  }

  /** The live tasks of the service as it is now. */
  List<Member> members(StartRecord starts) {
    DeploymentDesired primary = service.primary();
    List<Member> members = new ArrayList<>();
    for (TaskState task : service.tasks()) {
      if (!task.isLive()) {
        continue;
      }
      learnImages(task);
      Health health = Health.of(service, task, planning.now());
      starts.running(service, task, health.isHealthy());
      boolean isPrimary = primary != null && primary.id().equals(task.deploymentId());
      boolean proves =
          isPrimary
              && !task.isStable()
              && isWatched()
              && startedAt(task) != null
              && !Health.hasChecks(service, task);
      Health judged =
          proves
              ? health.proving(startedAt(task).plus(planning.settings().taskStableAfter()))
              : health;
      members.add(Member.of(planning, task, isPrimary, judged));
    }
    return members;
  }

  /** Says which tasks have become unhealthy, and looks again when any may have changed. */
  void note(List<Member> live) {
    Subject subject = new Subject.OfService(service.name());
    for (Member member : live) {
      if (member.health().changesAt() != null) {
        planning.lookAgain(subject, member.health().changesAt());
      }
      Instant protectedUntil = member.protectedUntil(planning.now());
      if (protectedUntil != null) {
        planning.lookAgain(subject, protectedUntil);
      }
      if (member.isUnhealthy() && member.task().sayUnhealthyOnce()) {
        planning.say(
            service.desired(),
            Sentence.warn(
                "SERVICE_TASK_UNHEALTHY",
                member.task().deploymentId(),
                member.health().sentence()));
      }
    }
  }

  /**
   * Starts tasks of a deployment or task set; says why when there is no room for all.
   *
   * @return how many were started
   */
  int start(DeploymentDesired deployment, int count) {
    Resources needs = TaskResources.of(deployment.taskDefinition(), null);
    CapacityShares shares = shares(deployment);
    Map<String, Candidates> full = new HashMap<>(2);
    Map<String, Integer> waiting = new LinkedHashMap<>(2);
    int placed = 0;
    for (int i = 0; i < count; i++) {
      String provider = shares.next();
      shares.takes(provider);
      tried = true;
      if (!full.containsKey(provider)) {
        Candidates candidates =
            planning.placements().candidates(request(deployment, provider, needs));
        InstanceState chosen = candidates.best(planning.now());
        if (chosen != null) {
          place(deployment, chosen, provider, needs);
          lacking.remove(provider);
          placed++;
          continue;
        }
        full.put(provider, candidates);
        if (!shares.isGiven()) {
          waiting.put(null, count - i);
          break;
        }
      }
      waiting.merge(provider, 1, Integer::sum); // the others' share goes on without it
    }
    waiting.forEach(
        (provider, tasks) -> noRoom(deployment, provider, needs, tasks, full.get(provider)));
    if (waiting.isEmpty()) {
      service.unsay(NO_ROOM);
    }
    return placed;
  }

  /**
   * Tells whom more instances were asked of that they are needed no more.
   *
   * @param missesNothing whether the service has all its tasks; if it hasn't, it may not have tried
   *     to start them
   */
  void tellOfEnough(boolean missesNothing) {
    if (missesNothing || tried) {
      need.enough(service.name(), "service:" + service.name(), lacking);
    }
  }

  /** Starts one task on an instance that was chosen for it. */
  void place(DeploymentDesired deployment, InstanceState chosen, String provider, Resources needs) {
    TaskAssignment placed =
        orders.forService(service.desired(), deployment, chosen.id(), provider, needs);
    planning.decide(
        new Decision.PlaceTask(
            placed, orders.order(placed), orders.verdict(placed, VerdictOutcome.PLACED)));
    planning.tally().started(service.name(), placed.taskId());
  }

  private CapacityShares shares(DeploymentDesired deployment) {
    List<CapacityProviderStrategyItem> strategy = service.capacityProviderStrategy(deployment);
    Map<String, Integer> counts = new HashMap<>();
    if (!strategy.isEmpty()) {
      for (TaskState task : service.tasks()) {
        String provider = task.assignment().capacityProviderName();
        if (provider != null && deployment.id().equals(task.deploymentId()) && stays(task)) {
          counts.merge(provider, 1, Integer::sum);
        }
      }
    }
    return new CapacityShares(strategy, counts);
  }

  /** Whether a task counts for its provider's share: one that leaves is replaced there. */
  private boolean stays(TaskState task) {
    InstanceState instance = planning.state().instance(task.containerInstanceId());
    return task.isLive() && instance != null && instance.wanted() == InstanceStatusName.ACTIVE;
  }

  /** Starts a task on one instance, or says why it can't be. Tells whether it was started. */
  boolean startOn(DeploymentDesired deployment, InstanceState instance) {
    Resources needs = TaskResources.of(deployment.taskDefinition(), null);
    tried = true;
    Candidates candidates =
        planning.placements().candidates(request(deployment, null, needs), List.of(instance));
    if (candidates.best(planning.now()) == null) {
      noRoom(deployment, null, needs, 1, candidates);
      return false;
    }
    place(deployment, instance, null, needs);
    return true;
  }

  /** What the tasks of a deployment ask of an instance. */
  PlacementRequest request(DeploymentDesired deployment, String provider, Resources needs) {
    ServiceDesired desired = service.desired();
    return PlacementRequest.of(
            "service:" + service.name(),
            deployment.taskDefinition(),
            needs,
            desired.placementConstraints(),
            desired.placementStrategy().isEmpty()
                ? SpreadField.DEFAULT
                : desired.placementStrategy())
        .on(deployment.launchType(), provider);
  }

  private void noRoom(
      DeploymentDesired deployment,
      String provider,
      Resources needs,
      int waiting,
      Candidates candidates) {
    planning.state().attention().waitForRoom(new Subject.OfService(service.name()));
    lacking.add(provider);
    CapacityNeed.Waiting wanted =
        new CapacityNeed.Waiting(
            service.name(), "service:" + service.name(), provider, needs, waiting);
    boolean says = service.maySay(NO_ROOM, planning.now(), Duration.ofHours(1));
    boolean asks = need.isDue(wanted);
    if (!says && !asks) {
      return; // to count the reasons costs a look at every instance
    }
    Refusal refusal = candidates.refusal(planning.now());
    if (says) {
      planning.say(
          service.desired(),
          Sentence.warn(
                  "SERVICE_TASK_PLACEMENT_FAILURE",
                  deployment.id(),
                  "was unable to place a task because no container instance met all of its"
                      + " requirements. "
                      + refusal.sentence())
              .because(refusal.reasons()));
    }
    if (asks) {
      need.more(wanted, refusal);
    }
  }

  private boolean isWatched() {
    return CircuitBreaker.isOn(service.desired().deploymentConfiguration());
  }

  private static Instant startedAt(TaskState task) {
    return task.status() == null ? null : task.status().startedAt();
  }

  /** The first digest that is heard of holds for the whole deployment (ECS: versionConsistency). */
  private void learnImages(TaskState task) {
    DeploymentDesired deployment = service.deployment(task.deploymentId());
    if (task.status() == null || deployment == null || deployment.taskDefinition() == null) {
      return;
    }
    DeploymentMemory memory = service.memory(deployment.id());
    List<ContainerDefinition> definitions = deployment.taskDefinition().containerDefinitions();
    if (memory.knowsImages(definitions.size())) {
      return;
    }
    for (ContainerState container : task.status().containers()) {
      boolean pinned =
          definitions.stream()
              .anyMatch(
                  d ->
                      d.name().equals(container.name())
                          && !"disabled".equalsIgnoreCase(d.versionConsistency()));
      if (pinned && container.imageDigest() != null) {
        memory.learn(
            new ContainerImage(container.name(), container.image(), container.imageDigest()));
      }
    }
  }

  /** Stops a task, out of its target groups first. */
  void stop(TaskState task, String reason) {
    TaskAssignment stopped =
        orders.stopped(task.assignment(), StopCode.ServiceSchedulerInitiated, reason);
    planning.decide(
        new Decision.RetireTask(stopped, orders.verdict(stopped, VerdictOutcome.PLACED)));
  }

  /** Stops a task for another one of its kind: because it fails, or because of a change. */
  void replace(Member member) {
    if (member.isUnhealthy()) {
      stop(member.task(), member.health().reason());
    } else {
      scale(member);
    }
  }

  /** Stops a task because the service's tasks change. */
  void scale(Member member) {
    DeploymentDesired primary = service.desired().taskSets().isEmpty() ? service.primary() : null;
    stop(
        member.task(),
        "Scaling activity initiated by (deployment %s)"
            .formatted(primary == null ? member.task().deploymentId() : primary.id()));
  }
}
