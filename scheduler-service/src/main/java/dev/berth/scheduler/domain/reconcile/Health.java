package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.loadbalancer.TargetHealthState;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.TaskState;
import java.time.Instant;
import java.util.Collection;

/**
 * How a live task of a service fares.
 *
 * @param reason why it is unhealthy, in ECS's words; null otherwise
 * @param sentence what to tell the service's users of it; null otherwise
 * @param changesAt when this may change without anything being heard, or null
 */
record Health(State state, String reason, String sentence, Instant changesAt) {
  /** How the reasons begin with which unhealthy tasks are stopped. */
  static final String FAILED = "Task failed";

  /** From not yet running to not well. */
  enum State {
    PENDING,
    STARTING,
    /** It runs, but hasn't for long enough to be trusted. */
    PROVING,
    HEALTHY,
    UNHEALTHY
  }

  boolean isHealthy() {
    return state == State.HEALTHY;
  }

  /** Whether it runs, but isn't trusted yet to take the place of another one. */
  boolean isProving() {
    return state == State.PROVING;
  }

  /** Whether it can't serve yet. */
  boolean isComing() {
    return state == State.PENDING || state == State.STARTING;
  }

  boolean isUnhealthy() {
    return state == State.UNHEALTHY;
  }

  /**
   * A task is healthy when it runs, all essential containers with health checks are healthy, and in
   * each target group some load balancer finds it healthy. Within the grace period after its start
   * it isn't unhealthy yet.
   */
  static Health of(ServiceState service, TaskState task, Instant now) {
    if (!task.isRunning()) {
      return new Health(State.PENDING, null, null, null);
    }
    ServiceDesired desired = service.desired();
    Health seen = seen(service, task);
    if (!seen.isUnhealthy()
        || desired.healthCheckGracePeriodSeconds() == null
        || task.status().startedAt() == null) {
      return seen;
    }
    Instant graceEnds =
        task.status().startedAt().plusSeconds(desired.healthCheckGracePeriodSeconds());
    return now.isBefore(graceEnds) ? new Health(State.STARTING, null, null, graceEnds) : seen;
  }

  /**
   * The same, but not trusted until a time. A container that crashes at once runs for a moment,
   * too: where a circuit breaker watches, it must not take the place of one that works.
   */
  Health proving(Instant until) {
    return isHealthy() ? new Health(State.PROVING, null, null, until) : this;
  }

  private static Health seen(ServiceState service, TaskState task) {
    if (task.status().healthStatus() == HealthStatus.UNHEALTHY) {
      return new Health(
          State.UNHEALTHY,
          FAILED + " container health checks",
          "(task %s) failed container health checks.".formatted(task.taskId()),
          null);
    }
    DeploymentDesired deployment = service.deployment(task.deploymentId());
    State state =
        hasContainerChecks(deployment) && task.status().healthStatus() != HealthStatus.HEALTHY
            ? State.STARTING
            : State.HEALTHY;
    if (service.loadBalancers(deployment).isEmpty()) {
      return new Health(state, null, null, null);
    }
    if (task.assignment().targets().isEmpty()) {
      state = State.STARTING;
    }
    for (String key : task.assignment().targets()) {
      Collection<TargetStatus> statuses = task.targetStatuses(key);
      if (is(statuses, TargetHealthState.HEALTHY)) {
        continue;
      }
      if (is(statuses, TargetHealthState.UNHEALTHY)) {
        String group = TargetFlow.groupOf(key);
        return new Health(
            State.UNHEALTHY,
            FAILED + " ELB health checks in (target-group " + group + ")",
            "(task %s) (port %s) is unhealthy in (target-group %s) due to (reason %s)"
                .formatted(
                    task.taskId(), key.substring(key.lastIndexOf(':') + 1), group, why(statuses)),
            null);
      }
      state = State.STARTING;
    }
    return new Health(state, null, null, null);
  }

  /** Whether the task has to prove its health before it counts. */
  static boolean hasChecks(ServiceState service, TaskState task) {
    DeploymentDesired deployment = service.deployment(task.deploymentId());
    return !service.loadBalancers(deployment).isEmpty() || hasContainerChecks(deployment);
  }

  private static boolean hasContainerChecks(DeploymentDesired deployment) {
    TaskDefinition definition = deployment == null ? null : deployment.taskDefinition();
    if (definition == null) {
      return false;
    }
    for (ContainerDefinition container : definition.containerDefinitions()) {
      if (isChecked(container)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isChecked(ContainerDefinition container) {
    return container.isEssential()
        && container.healthCheck() != null
        && !container.healthCheck().command().isEmpty()
        && !"NONE".equals(container.healthCheck().command().getFirst());
  }

  private static boolean is(Collection<TargetStatus> statuses, TargetHealthState state) {
    for (TargetStatus status : statuses) {
      if (status.state() == state) {
        return true;
      }
    }
    return false;
  }

  private static String why(Collection<TargetStatus> statuses) {
    for (TargetStatus status : statuses) {
      if (status.state() == TargetHealthState.UNHEALTHY) {
        return status.description() != null
            ? status.description()
            : status.reason() == null ? "Health checks failed" : status.reason();
      }
    }
    return "Health checks failed";
  }
}
