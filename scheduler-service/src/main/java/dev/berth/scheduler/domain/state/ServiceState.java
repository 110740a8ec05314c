package dev.berth.scheduler.domain.state;

import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.RolloutState;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A service: what is wanted, its tasks, and what was said about it. */
public final class ServiceState {
  private final String name;
  ServiceDesired desired;
  ServiceStatus reported;
  boolean removed;
  private final Map<String, TaskState> tasks = new LinkedHashMap<>();
  private final Map<String, DeploymentMemory> deployments = new HashMap<>();
  private final Map<String, Instant> said = new HashMap<>();

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

  /** The newest deployment, or null. */
  public DeploymentDesired primary() {
    return desired == null || desired.deployments().isEmpty()
        ? null
        : desired.deployments().getFirst();
  }

  /** A deployment by its id, or null when it isn't wanted any more. */
  public DeploymentDesired deployment(String deploymentId) {
    if (desired != null) {
      for (DeploymentDesired deployment : desired.deployments()) {
        if (deployment.id().equals(deploymentId)) {
          return deployment;
        }
      }
    }
    return null;
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
      memory(deployment.id())
          .restore(
              deployment.failedTasks(),
              deployment.rolloutState() == RolloutState.COMPLETED,
              status.updatedAt());
    }
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
    deployments.keySet().removeIf(id -> deployment(id) == null);
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
