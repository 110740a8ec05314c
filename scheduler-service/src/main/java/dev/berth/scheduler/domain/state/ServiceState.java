package dev.berth.scheduler.domain.state;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.Rollback;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.service.TaskSetDesired;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A service: what is wanted, its tasks, and what was said about it. */
public final class ServiceState {
  private final String name;
  ServiceDesired desired;
  ServiceStatus reported;
  boolean removed;
  private final Map<String, TaskState> tasks = new LinkedHashMap<>();
  private final Map<String, DeploymentMemory> deployments = new HashMap<>();
  private final Map<String, DeploymentDesired> byId = new HashMap<>();
  private final Map<String, Instant> said = new HashMap<>();
  private Rollback rollback;
  private boolean rebalancing;

  ServiceState(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  /** What users want, or null when it isn't known or not wanted any more. */
  public ServiceDesired desired() {
    return desired;
  }

  /** Whether users have deleted it, by a tombstone that was seen. */
  public boolean isRemoved() {
    return removed;
  }

  /** Whether it shall have tasks. */
  public boolean isActive() {
    return desired != null
        && (desired.status() == null || desired.status() == ServiceStatusName.ACTIVE);
  }

  /** What was last reported, by us or a predecessor; or null. */
  public ServiceStatus reported() {
    return reported;
  }

  /** Its placed tasks, those of an earlier service of the same name included. */
  public Collection<TaskState> tasks() {
    return Collections.unmodifiableCollection(tasks.values());
  }

  void add(TaskState task) {
    tasks.put(task.taskId(), task);
  }

  void remove(TaskState task) {
    tasks.remove(task.taskId());
  }

  /** The deployment that users asked for last, or null. */
  public DeploymentDesired newest() {
    return desired == null || desired.deployments().isEmpty()
        ? null
        : desired.deployments().getFirst();
  }

  /** The deployment that is worked towards: the newest, or what it was rolled back to; or null. */
  public DeploymentDesired primary() {
    DeploymentDesired newest = newest();
    DeploymentDesired target = isRolledBack() ? deployment(rollback.toDeploymentId()) : null;
    return target == null ? newest : target;
  }

  /** Whether the newest deployment was given up for an older one. */
  public boolean isRolledBack() {
    DeploymentDesired newest = newest();
    return rollback != null
        && newest != null
        && newest.id().equals(rollback.fromDeploymentId())
        && deployment(rollback.toDeploymentId()) != null;
  }

  /** The last rollback, until a new deployment begins; or null. */
  public Rollback rollback() {
    return rollback;
  }

  /** Goes back to an older deployment. */
  public void rollBack(Rollback to) {
    rollback = to;
  }

  /** The older deployment that was completed last, or null. */
  public DeploymentDesired lastCompleted() {
    DeploymentDesired last = null;
    for (DeploymentDesired deployment : desired.deployments()) {
      Instant completed = memory(deployment.id()).completedAt();
      if (!deployment.id().equals(newest().id())
          && completed != null
          && deployment.taskDefinition() != null
          && (last == null || completed.isAfter(memory(last.id()).completedAt()))) {
        last = deployment;
      }
    }
    return last;
  }

  /** The target groups that a deployment's tasks belong to. */
  public List<ServiceLoadBalancer> loadBalancers(String deploymentId) {
    return loadBalancers(deployment(deploymentId));
  }

  /** The target groups that a deployment's tasks belong to; null for one that is over. */
  public List<ServiceLoadBalancer> loadBalancers(DeploymentDesired deployment) {
    return deployment == null || deployment.serviceRevisionArn() == null
        ? desired.loadBalancers()
        : deployment.loadBalancers();
  }

  /**
   * How a deployment's tasks are shared among capacity providers; empty where it doesn't matter.
   */
  public List<CapacityProviderStrategyItem> capacityProviderStrategy(DeploymentDesired deployment) {
    return deployment.serviceRevisionArn() == null
        ? desired.capacityProviderStrategy()
        : deployment.capacityProviderStrategy();
  }

  /** Whether tasks are being moved for the balance of zones. */
  public boolean isRebalancing() {
    return rebalancing;
  }

  /** Notes whether tasks are being moved for the balance of zones. */
  public void rebalances(boolean now) {
    rebalancing = now;
  }

  /** A deployment or task set by its id, or null when it isn't wanted any more. */
  public DeploymentDesired deployment(String deploymentId) {
    return desired == null ? null : byId.get(deploymentId);
  }

  /** The memory of a deployment, made when it is first asked for. */
  public DeploymentMemory memory(String deploymentId) {
    return deployments.computeIfAbsent(deploymentId, id -> new DeploymentMemory());
  }

  void restore(ServiceStatus status) {
    reported = status;
    if (desired != null && !desired.serviceId().equals(status.serviceId())) {
      return;
    }
    for (DeploymentState deployment : status.deployments()) {
      memory(deployment.id()).restore(deployment, status.updatedAt());
    }
    rollback = status.rollback();
    if (status.steady()) {
      said.put("steady", status.updatedAt());
    }
  }

  void wants(ServiceDesired wanted) {
    boolean another =
        (desired != null && !desired.serviceId().equals(wanted.serviceId()))
            || (reported != null && !reported.serviceId().equals(wanted.serviceId()));
    if (another) {
      said.clear(); // what was said of an earlier service of this name
    }
    desired = wanted;
    removed = false;
    byId.clear();
    wanted.taskSets().forEach(set -> byId.put(set.id(), asDeployment(set)));
    wanted.deployments().forEach(deployment -> byId.putIfAbsent(deployment.id(), deployment));
    deployments.keySet().removeIf(id -> deployment(id) == null);
    for (DeploymentDesired deployment : wanted.deployments()) {
      memory(deployment.id()).observe(deployment.completedAt(), deployment.containerImages());
    }
    if (rollback != null && newest() != null && isOver(rollback, newest().id())) {
      rollback = null;
    }
  }

  private static boolean isOver(Rollback rollback, String newest) {
    return !newest.equals(rollback.fromDeploymentId()) && !newest.equals(rollback.toDeploymentId());
  }

  /** A task set is started and watched like a deployment; the id, revision and all are its own. */
  private static DeploymentDesired asDeployment(TaskSetDesired set) {
    return new DeploymentDesired(
        set.id(),
        DeploymentStatus.ACTIVE,
        set.taskDefinition(),
        set.networkConfiguration(),
        set.launchType(),
        set.createdAt(),
        set.updatedAt(),
        set.taskSetArn(),
        null,
        set.loadBalancers(),
        set.capacityProviderStrategy(),
        set.platformVersion(),
        List.of(),
        null,
        set.tags());
  }

  /** Whether something may be said: never before, or longer ago than {@code repeat}. */
  public boolean maySay(String what, Instant now, Duration repeat) {
    Instant before = said.get(what);
    if (before != null && now.isBefore(before.plus(repeat))) {
      return false;
    }
    said.put(what, now);
    return true;
  }

  /** When something was last said, or null. */
  public Instant lastSaid(String what) {
    return said.get(what);
  }

  /** What was said isn't so any more: it may be said again. */
  public void unsay(String what) {
    said.remove(what);
  }
}
