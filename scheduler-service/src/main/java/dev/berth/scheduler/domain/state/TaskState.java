package dev.berth.scheduler.domain.state;

import dev.berth.contracts.Keys;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What is wanted, decided and seen of one task; each may be absent. */
public final class TaskState {
  private final String taskId;
  TaskDesired desired;
  TaskAssignment assignment;
  TaskStatus status;
  // Late messages from before a tombstone don't bring a task back.
  long statusGoneAt;
  InstanceState heldOn;
  Resources held;
  String heldGroup;
  // Made when the first is added: most tasks of a large cluster have none.
  private Map<String, Map<String, TargetStatus>> targets = Map.of();
  private Set<String> draining = Set.of();
  private boolean stopSent;
  private boolean decided;
  private boolean queued;
  private String queuedFor;
  private boolean stable;
  private boolean unhealthySaid;

  TaskState(String taskId) {
    this.taskId = taskId;
  }

  public String taskId() {
    return taskId;
  }

  /** What users want of it, or null. */
  public TaskDesired desired() {
    return desired;
  }

  /** What was decided about it, or null. */
  public TaskAssignment assignment() {
    return assignment;
  }

  /** What its node saw, or null. */
  public TaskStatus status() {
    return status;
  }

  /** Whether it was placed and isn't known to be over. */
  public boolean isPlaced() {
    return assignment != null && assignment.containerInstanceId() != null;
  }

  /** Whether the node said that it has stopped. */
  public boolean hasStopped() {
    return status != null && status.lastStatus() == TaskLifecycle.STOPPED;
  }

  /** Whether it is placed, hasn't stopped, and shall run. */
  public boolean isLive() {
    return isPlaced() && assignment.desiredStatus() != TaskLifecycle.STOPPED && !hasStopped();
  }

  /** Whether it is placed, hasn't stopped, and shall stop. */
  public boolean isStopping() {
    return isPlaced() && assignment.desiredStatus() == TaskLifecycle.STOPPED && !hasStopped();
  }

  /** Whether it was given up with its instance: over for all but the node, if that comes back. */
  public boolean isGivenUp() {
    return isStopping() && assignment.stopCode() == StopCode.TerminationNotice;
  }

  /** Whether its node says that it runs. */
  public boolean isRunning() {
    return status != null && status.lastStatus() == TaskLifecycle.RUNNING;
  }

  /** Whether it runs, or may, on a node without having been placed there by us. */
  public boolean isUnknownToUs() {
    return assignment == null && status != null && !hasStopped();
  }

  /** Whether nothing at all is known of it any more. */
  boolean isEmpty() {
    return desired == null && assignment == null && status == null;
  }

  /** What load balancers see of one of its targets, but for those that have gone meanwhile. */
  public Collection<TargetStatus> targetStatuses(String targetKey) {
    Map<String, TargetStatus> byBalancer = targets.get(targetKey);
    if (byBalancer == null) {
      return List.of();
    }
    if (byBalancer.size() == 1) {
      return byBalancer.values();
    }
    long newest = byBalancer.values().stream().mapToLong(TargetStatus::version).max().orElse(0);
    return byBalancer.values().stream()
        .filter(status -> !TargetStatus.isOutdated(status.version(), newest))
        .toList();
  }

  /** Takes in what a load balancer sees; tells whether that is anything new. */
  boolean foldTarget(TargetStatus seen) {
    String targetKey = Keys.target(seen.targetGroupArn(), seen.targetId());
    if (targets.isEmpty()) {
      targets = new HashMap<>(2);
    }
    Map<String, TargetStatus> byBalancer =
        targets.computeIfAbsent(targetKey, k -> new HashMap<>(2));
    TargetStatus known = byBalancer.get(seen.lbInstanceId());
    if (known != null && known.version() >= seen.version()) {
      return false;
    }
    byBalancer.put(seen.lbInstanceId(), seen);
    return known == null
        || !saysTheSame(known, seen)
        || TargetStatus.isOutdated(known.version(), seen.version());
  }

  /** Load balancers tell everything again now and then, so that it is known that they are there. */
  private static boolean saysTheSame(TargetStatus known, TargetStatus seen) {
    return known.state() == seen.state()
        && Objects.equals(known.reason(), seen.reason())
        && Objects.equals(known.description(), seen.description());
  }

  boolean removeTarget(String targetKey, String lbInstanceId) {
    Map<String, TargetStatus> byBalancer = targets.get(targetKey);
    return byBalancer != null && byBalancer.remove(lbInstanceId) != null;
  }

  /** Whether this leadership told the load balancers to drain the target. */
  public boolean isDraining(String targetKey) {
    return draining.contains(targetKey);
  }

  void drains(String targetKey) {
    if (draining.isEmpty()) {
      draining = new HashSet<>(2);
    }
    draining.add(targetKey);
  }

  /** Whether this leadership told the node to stop it. */
  public boolean stopSent() {
    return stopSent;
  }

  void stopWasSent() {
    stopSent = true;
  }

  /** Whether this leadership has refused it or seen it end. */
  public boolean isDecided() {
    return decided;
  }

  void wasDecided() {
    decided = true;
  }

  /** Whether this leadership said that it waits for room. */
  public boolean isQueued() {
    return queued;
  }

  /** The capacity provider whose room it waits for, or null where any instance would do. */
  public String queuedFor() {
    return queuedFor;
  }

  void wasQueued(String capacityProvider) {
    queued = true;
    queuedFor = capacityProvider;
  }

  /** Whether it has once counted as a successful start. */
  public boolean isStable() {
    return stable;
  }

  /** It has started successfully; later failures are no failures to start. */
  public void becameStable() {
    stable = true;
  }

  /** Says once for each task that it is unhealthy. */
  public boolean sayUnhealthyOnce() {
    boolean first = !unhealthySaid;
    unhealthySaid = true;
    return first;
  }

  /** The name of its service by what we decided, else by what the node says; or null. */
  public String serviceName() {
    return assignment != null
        ? assignment.serviceName()
        : status == null ? null : status.serviceName();
  }

  /** The id of its service by what we decided, else by what the node says; or null. */
  public String serviceId() {
    return assignment != null ? assignment.serviceId() : status == null ? null : status.serviceId();
  }

  /** The deployment it belongs to, or null. */
  public String deploymentId() {
    return assignment != null
        ? assignment.deploymentId()
        : status == null ? null : status.deploymentId();
  }

  /** The instance it is on, or null. */
  public String containerInstanceId() {
    return assignment != null
        ? assignment.containerInstanceId()
        : status == null ? null : status.containerInstanceId();
  }
}
