package dev.berth.simulation;

import dev.berth.contracts.Keys;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.DeploymentControllerType;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.service.TaskSetDesired;
import dev.berth.contracts.service.TaskSetStatus;
import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.HostPort;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.scheduler.application.ClusterBrain;
import dev.berth.scheduler.application.LogEntry;
import dev.berth.scheduler.domain.records.OutgoingRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A scheduler's brain with somebody who has heard the same and holds each decision against ECS's
 * rules, worked out anew: within the instance's resources, within maximumPercent, not below
 * minimumHealthyPercent, no protected task stopped.
 */
final class WatchedBrain implements ClusterBrain {
  private final Sim sim;
  private final ClusterBrain brain;
  private final Map<String, ServiceDesired> services = new HashMap<>();
  private final Map<String, TaskDesired> wishes = new HashMap<>();
  private final Map<String, TaskStatus> statuses = new HashMap<>();
  private final Map<String, TaskAssignment> assignments = new HashMap<>();
  private final Map<String, Map<String, TaskAssignment>> byService = new HashMap<>();
  private final Map<String, Map<String, TaskAssignment>> byInstance = new HashMap<>();
  private final Map<String, ContainerInstanceStatus> instances = new HashMap<>();
  private final Map<String, ContainerInstanceDesired> wantedInstances = new HashMap<>();
  private final Map<String, Map<String, TargetStatus>> targets = new HashMap<>();

  WatchedBrain(Sim sim, ClusterBrain brain) {
    this.sim = sim;
    this.brain = brain;
  }

  @Override
  public boolean fold(LogEntry entry) {
    if (entry.value() == null) {
      forget(entry);
    } else {
      hear(entry.value());
    }
    return brain.fold(entry);
  }

  private void hear(Object record) {
    switch (record) {
      case ServiceDesired r -> services.merge(r.serviceName(), r, WatchedBrain::newer);
      case TaskDesired r -> wishes.merge(r.taskId(), r, WatchedBrain::newer);
      case TaskStatus r -> statuses.merge(r.taskId(), r, WatchedBrain::newer);
      case TaskAssignment r -> remember(r.taskId(), r);
      case ContainerInstanceStatus r ->
          instances.merge(r.containerInstanceId(), r, WatchedBrain::newer);
      case ContainerInstanceDesired r ->
          wantedInstances.merge(r.containerInstanceId(), r, WatchedBrain::newer);
      case TargetStatus r ->
          targets
              .computeIfAbsent(
                  Keys.target(r.targetGroupArn(), r.targetId()), key -> new HashMap<>())
              .merge(r.lbInstanceId(), r, WatchedBrain::newer);
      default -> {
        // Says nothing that a rule depends on.
      }
    }
  }

  private void remember(String taskId, TaskAssignment next) {
    TaskAssignment before =
        next == null ? assignments.remove(taskId) : assignments.put(taskId, next);
    if (before != null) {
      of(byService, before.serviceName()).remove(taskId);
      of(byInstance, before.containerInstanceId()).remove(taskId);
    }
    if (next != null) {
      of(byService, next.serviceName()).put(taskId, next);
      of(byInstance, next.containerInstanceId()).put(taskId, next);
    }
  }

  private static Map<String, TaskAssignment> of(
      Map<String, Map<String, TaskAssignment>> index, String key) {
    return index.computeIfAbsent(key, k -> new HashMap<>());
  }

  private static <V extends dev.berth.contracts.Versioned> V newer(V known, V heard) {
    return heard.version() > known.version() ? heard : known;
  }

  private void forget(LogEntry entry) {
    switch (entry.topic()) {
      case SERVICE_DESIRED -> services.remove(entry.key().substring(entry.key().indexOf('/') + 1));
      case TASK_DESIRED -> wishes.remove(entry.key());
      case TASK_STATUS -> statuses.remove(entry.key());
      case TASK_ASSIGNMENT -> remember(entry.key(), null);
      case TARGET_STATUS -> {
        int lb = entry.key().lastIndexOf('|');
        Map<String, TargetStatus> known = targets.get(entry.key().substring(0, lb));
        if (known != null) {
          known.remove(entry.key().substring(lb + 1));
        }
      }
      default -> {
        // Says nothing that a rule depends on.
      }
    }
  }

  @Override
  public void caughtUp(Instant now, Instant recoveringSince) {
    brain.caughtUp(now, recoveringSince);
  }

  @Override
  public int parts() {
    return brain.parts();
  }

  @Override
  public Outcome decide(Instant now, boolean nextPart) {
    Outcome outcome = brain.decide(now, nextPart);
    for (OutgoingRecord record : outcome.records()) {
      switch (record.topic()) {
        case TASK_ASSIGNMENT -> {
          TaskAssignment next = (TaskAssignment) record.value();
          TaskAssignment before = assignments.get(record.key());
          remember(record.key(), next);
          if (next != null) {
            judge(before, next, now);
          }
        }
        default -> {
          // Follows from assignments.
        }
      }
    }
    return outcome;
  }

  private void judge(TaskAssignment before, TaskAssignment next, Instant now) {
    if (before == null && isLive(next) && !statuses.containsKey(next.taskId())) {
      placed(next, now);
    } else if (before != null
        && isLive(before)
        && !isLive(next)
        && next.stopCode() == StopCode.ServiceSchedulerInitiated) {
      stopped(before, next, now);
    }
  }

  private boolean isLive(TaskAssignment task) {
    if (task.desiredStatus() != TaskLifecycle.RUNNING || task.containerInstanceId() == null) {
      return false;
    }
    TaskStatus status = statuses.get(task.taskId());
    return status == null || status.lastStatus().compareTo(TaskLifecycle.STOPPING) < 0;
  }

  private void placed(TaskAssignment task, Instant now) {
    withinResources(task);
    ofItsProvider(task);
    inTime(task, now);
    ServiceDesired service = task.serviceName() == null ? null : services.get(task.serviceName());
    if (service == null || service.status() != ServiceStatusName.ACTIVE) {
      if (task.serviceName() != null) {
        sim.violated(
            "A task of %s was placed, which isn't ACTIVE".formatted(task.serviceName()),
            task.serviceName());
      }
      return;
    }
    if (service.deploymentController() != null
        && service.deploymentController().type() == DeploymentControllerType.EXTERNAL) {
      withinItsSet(service, task);
      return;
    }
    boolean daemon = service.schedulingStrategy() == SchedulingStrategy.DAEMON;
    int live = 0;
    for (TaskAssignment other : of(byService, task.serviceName()).values()) {
      boolean counts =
          isLive(other)
              && (!daemon || other.containerInstanceId().equals(task.containerInstanceId()));
      live += counts ? 1 : 0;
    }
    int most = daemon ? 1 : Math.floorDiv(service.desiredCount() * maximum(service), 100);
    if (live > most) {
      sim.violated(
          "Service %s has %d live tasks after a placement, and may have %d"
              .formatted(task.serviceName(), live, most),
          task.serviceName(),
          task.taskId());
    }
  }

  /** Task sets have no maximumPercent: what fails or leaves its instance doesn't count. */
  private void withinItsSet(ServiceDesired service, TaskAssignment task) {
    int most = 0;
    for (TaskSetDesired set : service.taskSets()) {
      if (set.id().equals(task.deploymentId()) && set.status() != TaskSetStatus.DRAINING) {
        long tenths = Math.round(set.scale().value() * 10);
        most = (int) Math.ceilDiv(tenths * service.desiredCount(), 1_000L);
      }
    }
    int live = 0;
    for (TaskAssignment other : of(byService, task.serviceName()).values()) {
      TaskStatus status = statuses.get(other.taskId());
      ContainerInstanceDesired wanted = wantedInstances.get(other.containerInstanceId());
      boolean counts =
          isLive(other)
              && task.deploymentId().equals(other.deploymentId())
              && (status == null || status.healthStatus() != HealthStatus.UNHEALTHY)
              && (wanted == null || wanted.status() == InstanceStatusName.ACTIVE);
      live += counts ? 1 : 0;
    }
    if (live > most) {
      sim.violated(
          "Task set %s of %s has %d tasks after a placement, and its scale are %d"
              .formatted(task.deploymentId(), task.serviceName(), live, most),
          task.serviceName(),
          task.taskId());
    }
  }

  private void ofItsProvider(TaskAssignment task) {
    String provider = task.capacityProviderName();
    ContainerInstanceStatus instance = instances.get(task.containerInstanceId());
    boolean serves =
        provider == null
            || (instance != null
                && instance.attributes().stream()
                    .anyMatch(a -> Providers.group(provider).equals(a.value())));
    List<CapacityProviderStrategyItem> strategy = strategyOf(task);
    boolean asked =
        strategy.isEmpty()
            ? provider == null
            : strategy.stream().anyMatch(item -> item.capacityProvider().equals(provider));
    if (!serves || !asked) {
      sim.violated(
          "Task %s was placed on %s for capacity provider %s; its strategy is %s"
              .formatted(task.taskId(), task.containerInstanceId(), provider, strategy),
          task.taskId(),
          task.containerInstanceId());
    }
  }

  private List<CapacityProviderStrategyItem> strategyOf(TaskAssignment task) {
    if (task.serviceName() != null) {
      ServiceDesired service = services.get(task.serviceName());
      return service == null ? List.of() : service.capacityProviderStrategy();
    }
    TaskDesired wish = wishes.get(task.taskId());
    return wish == null || wish.run() == null ? List.of() : wish.run().capacityProviderStrategy();
  }

  /** Nobody places a one-off task after its time. */
  private void inTime(TaskAssignment task, Instant now) {
    TaskDesired wish = wishes.get(task.taskId());
    if (wish != null
        && wish.run() != null
        && wish.run().expiresAt() != null
        && !now.isBefore(wish.run().expiresAt())) {
      sim.violated(
          "Task %s was placed at %s, and had expired at %s"
              .formatted(task.taskId(), now, wish.run().expiresAt()),
          task.taskId());
    }
  }

  private void withinResources(TaskAssignment task) {
    ContainerInstanceStatus instance = instances.get(task.containerInstanceId());
    if (instance == null || instance.registeredResources() == null) {
      sim.violated(
          "A task was placed on %s, of which nothing is known"
              .formatted(task.containerInstanceId()),
          task.containerInstanceId(),
          task.taskId());
      return;
    }
    int cpu = 0;
    int memory = 0;
    int taken = 0;
    Set<HostPort> ports = new HashSet<>();
    for (TaskAssignment other : of(byInstance, task.containerInstanceId()).values()) {
      TaskStatus status = statuses.get(other.taskId());
      boolean there = status == null || status.lastStatus() != TaskLifecycle.STOPPED;
      if (there) {
        ports.addAll(other.resources().hostPorts());
        taken += other.resources().hostPorts().size();
      }
      cpu += there ? other.resources().cpu() : 0;
      memory += there ? other.resources().memory() : 0;
    }
    if (ports.size() < taken) {
      sim.violated(
          "A task was placed on %s, where its port is taken".formatted(task.containerInstanceId()),
          task.containerInstanceId(),
          task.taskId());
    }
    if (cpu > instance.registeredResources().cpu()
        || memory > instance.registeredResources().memory()) {
      sim.violated(
          "Tasks of %d CPU units and %d MiB were placed on %s, which has %d and %d"
              .formatted(
                  cpu,
                  memory,
                  task.containerInstanceId(),
                  instance.registeredResources().cpu(),
                  instance.registeredResources().memory()),
          task.containerInstanceId(),
          task.taskId());
    }
  }

  private void stopped(TaskAssignment before, TaskAssignment next, Instant now) {
    ServiceDesired service = services.get(before.serviceName());
    if (service == null
        || service.status() != ServiceStatusName.ACTIVE
        || !service.serviceId().equals(before.serviceId())) {
      return;
    }
    TaskDesired wish = wishes.get(before.taskId());
    if (wish != null
        && wish.protection() != null
        && wish.protection().enabled()
        && now.isBefore(wish.protection().expirationDate())) {
      sim.violated(
          "Protected task %s was stopped: %s".formatted(before.taskId(), next.stoppedReason()),
          before.taskId());
    }
    boolean external =
        service.deploymentController() != null
            && service.deploymentController().type() == DeploymentControllerType.EXTERNAL;
    if (external || !isHealthy(service, before)) {
      return; // whoever moves the sets says how few may be left
    }
    int healthy = 0;
    for (TaskAssignment other : of(byService, before.serviceName()).values()) {
      healthy += isLive(other) && isHealthy(service, other) ? 1 : 0;
    }
    int least =
        service.schedulingStrategy() == SchedulingStrategy.DAEMON
            ? 0
            : Math.ceilDiv(service.desiredCount() * minimum(service), 100);
    if (healthy < least) {
      sim.violated(
          "Service %s has %d healthy tasks after we stopped %s (%s), and needs %d"
              .formatted(
                  before.serviceName(), healthy, before.taskId(), next.stoppedReason(), least),
          before.serviceName(),
          before.taskId());
    }
  }

  private static int minimum(ServiceDesired service) {
    DeploymentConfiguration configuration = service.deploymentConfiguration();
    return configuration == null ? 100 : configuration.minimumHealthyPercentOrDefault();
  }

  private static int maximum(ServiceDesired service) {
    DeploymentConfiguration configuration = service.deploymentConfiguration();
    return configuration == null ? 200 : configuration.maximumPercentOrDefault();
  }

  private boolean isHealthy(ServiceDesired service, TaskAssignment task) {
    TaskStatus status = statuses.get(task.taskId());
    if (status == null || status.lastStatus() != TaskLifecycle.RUNNING) {
      return false;
    }
    if (status.healthStatus() == HealthStatus.UNHEALTHY
        || (isChecked(service, task) && status.healthStatus() != HealthStatus.HEALTHY)) {
      return false;
    }
    if (service.loadBalancers().isEmpty()) {
      return true;
    }
    return !task.targets().isEmpty()
        && task.targets().stream()
            .allMatch(key -> isHealthy(targets.getOrDefault(key, Map.of()).values()));
  }

  /** Whether a balancer that is still there finds a target healthy. */
  private static boolean isHealthy(Collection<TargetStatus> seen) {
    long newest = seen.stream().mapToLong(TargetStatus::version).max().orElse(0);
    return seen.stream()
        .anyMatch(
            status ->
                status.state() == TargetHealthState.HEALTHY
                    && !TargetStatus.isOutdated(status.version(), newest));
  }

  private static boolean isChecked(ServiceDesired service, TaskAssignment task) {
    for (DeploymentDesired deployment : service.deployments()) {
      if (deployment.id().equals(task.deploymentId())) {
        List<ContainerDefinition> containers = deployment.taskDefinition().containerDefinitions();
        return containers.stream().anyMatch(c -> c.healthCheck() != null);
      }
    }
    return false;
  }
}
