package dev.berth.scheduler.application;

import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.scheduler.domain.IdSource;
import dev.berth.scheduler.domain.Plan;
import dev.berth.scheduler.domain.reconcile.Reconciler;
import dev.berth.scheduler.domain.records.PlanRecords;
import dev.berth.scheduler.domain.state.ClusterState;
import java.time.Instant;

/** A cluster decided by the domain. */
public final class ReconciledCluster implements ClusterBrain {
  private final ClusterState state;
  private final IdSource ids;

  public ReconciledCluster(ClusterState state, IdSource ids) {
    this.state = state;
    this.ids = ids;
  }

  @Override
  public boolean fold(LogEntry entry) {
    return entry.value() == null ? remove(entry.topic(), entry.key()) : take(entry);
  }

  private boolean take(LogEntry entry) {
    return switch (entry.value()) {
      case ClusterDesired r -> state.records().on(r);
      case ServiceDesired r -> state.records().on(r);
      case TaskDesired r -> state.records().on(r);
      case TaskStatus r -> state.records().on(r);
      case TaskAssignment r -> state.records().on(r);
      case ServiceStatus r -> state.records().on(r);
      case ContainerInstanceDesired r -> state.records().on(r);
      case ContainerInstanceStatus r -> state.records().on(r);
      case ContainerInstanceHeartbeat r -> state.records().on(r, entry.receivedAt());
      case TargetStatus r -> state.records().on(r);
      case LoadBalancerDesired r -> state.records().on(r);
      default ->
          throw new IllegalArgumentException(
              "The scheduler doesn't read " + entry.topic().topicName());
    };
  }

  private boolean remove(Topic topic, String key) {
    return switch (topic) {
      case CLUSTER_DESIRED -> state.cluster().equals(key) && state.records().removeCluster();
      case SERVICE_DESIRED -> isMine(key) && state.records().removeService(serviceName(key));
      case SERVICE_STATUS -> isMine(key) && state.records().removeServiceStatus(serviceName(key));
      case TASK_DESIRED -> state.records().removeTaskDesired(key);
      case TASK_STATUS -> state.records().removeTaskStatus(key);
      case TASK_ASSIGNMENT -> state.records().removeTaskAssignment(key);
      case CONTAINER_INSTANCE_DESIRED -> state.records().removeContainerInstanceDesired(key);
      case CONTAINER_INSTANCE_STATUS -> state.records().removeContainerInstanceStatus(key);
      case TARGET_STATUS -> state.records().removeTargetStatus(key);
      default -> false;
    };
  }

  private boolean isMine(String serviceKey) {
    return serviceKey.startsWith(state.cluster() + "/");
  }

  private String serviceName(String serviceKey) {
    return serviceKey.substring(state.cluster().length() + 1);
  }

  @Override
  public void caughtUp(Instant now, Instant recoveringSince) {
    state.caughtUp(now, recoveringSince);
  }

  @Override
  public int parts() {
    return state.parts();
  }

  @Override
  public Outcome decide(Instant now, boolean nextPart) {
    Plan plan = nextPart ? Reconciler.planPart(state, now, ids) : Reconciler.plan(state, now, ids);
    return new Outcome(PlanRecords.of(plan), plan.wakeUpAt());
  }
}
