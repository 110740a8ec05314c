package dev.berth.node.domain.task;

import dev.berth.contracts.task.NetworkInterface;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.taskdef.ContainerDefinition;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A task as its node knows it; also what the journal keeps of it.
 *
 * @param assigned the newest assignment; its definition never changes
 * @param lastStatus only moves forward
 * @param stopRequested whether the task is to be stopped, for whatever reason
 * @param containers by name, in the order of the task definition
 * @param holder absent when the task shares no namespaces
 * @param unassigned whether the scheduler's record was deleted
 * @param cleanup how far the removal of what the task left behind has come
 */
public record TaskState(
    TaskAssigned assigned,
    TaskLifecycle lastStatus,
    boolean stopRequested,
    StopCode stopCode,
    String stoppedReason,
    Map<String, ContainerProgress> containers,
    HolderProgress holder,
    boolean unassigned,
    Cleanup cleanup,
    Instant pullStartedAt,
    Instant pullStoppedAt,
    Instant startedAt,
    Instant stoppingAt,
    Instant executionStoppedAt,
    Instant stoppedAt) {
  /** How far the removal of a stopped task's containers has come. */
  public enum Cleanup {
    NONE,
    RUNNING,
    DONE
  }

  public TaskState {
    containers = Collections.unmodifiableMap(new LinkedHashMap<>(containers));
  }

  /**
   * A task that the node has just heard of.
   *
   * @param needsHolder whether its containers share namespaces held by another container
   */
  public static TaskState accepted(TaskAssigned assigned, boolean needsHolder) {
    boolean stop = assigned.desiredStatus() == TaskLifecycle.STOPPED;
    Map<String, ContainerProgress> containers = new LinkedHashMap<>();
    for (ContainerDefinition definition : assigned.taskDefinition().containerDefinitions()) {
      containers.put(definition.name(), ContainerProgress.waiting(definition.name()));
    }
    return new TaskState(
        assigned,
        TaskLifecycle.PROVISIONING,
        stop,
        stop ? assigned.stopCode() : null,
        stop ? assigned.stoppedReason() : null,
        containers,
        needsHolder ? HolderProgress.waiting() : null,
        false,
        Cleanup.NONE,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  public String taskId() {
    return assigned.taskId();
  }

  public boolean isStopped() {
    return lastStatus == TaskLifecycle.STOPPED;
  }

  /** The containers' definitions in their order. */
  public List<ContainerDefinition> definitions() {
    return assigned.taskDefinition().containerDefinitions();
  }

  /**
   * A container's definition.
   *
   * @throws IllegalArgumentException if the task has no container of that name
   */
  public ContainerDefinition definition(String container) {
    for (ContainerDefinition definition : definitions()) {
      if (definition.name().equals(container)) {
        return definition;
      }
    }
    throw new IllegalArgumentException("No container " + container);
  }

  /** The task's own network interface, or nothing when it has no address of its own. */
  public List<NetworkInterface> networkInterfaces() {
    return holder == null || holder.address() == null
        ? List.of()
        : List.of(new NetworkInterface(taskId(), holder.address(), holder.macAddress()));
  }

  /** This state as a new process goes on with it, before it has looked at the engine. */
  public TaskState restored() {
    return TaskRecovery.restored(this);
  }

  boolean allContainers(Predicate<ContainerProgress> condition) {
    for (ContainerProgress container : containers.values()) {
      if (!condition.test(container)) {
        return false;
      }
    }
    return true;
  }

  boolean anyContainer(Predicate<ContainerProgress> condition) {
    return containers.values().stream().anyMatch(condition);
  }

  TaskState withAssigned(TaskAssigned newest) {
    return copy().assigned(newest).build();
  }

  TaskState with(String container, UnaryOperator<ContainerProgress> change) {
    Map<String, ContainerProgress> changed = new LinkedHashMap<>(containers);
    changed.computeIfPresent(container, (name, progress) -> change.apply(progress));
    return copy().containers(changed).build();
  }

  TaskState withContainers(Map<String, ContainerProgress> changed) {
    return copy().containers(changed).build();
  }

  TaskState withHolder(HolderProgress changed) {
    return copy().holder(changed).build();
  }

  TaskState withCleanup(Cleanup changed) {
    return copy().cleanup(changed).build();
  }

  TaskState withoutAssignment(boolean gone) {
    return copy().unassigned(gone).build();
  }

  /** Moves the status forward; a state that isn't ahead changes nothing. */
  TaskState moved(TaskLifecycle next, Instant now) {
    if (!lastStatus.canBecome(next)) {
      return this;
    }
    TaskStateBuilder builder = copy().lastStatus(next);
    if (next == TaskLifecycle.RUNNING) {
      builder.startedAt(now);
    }
    if (next.compareTo(TaskLifecycle.STOPPING) >= 0 && stoppingAt == null) {
      builder.stoppingAt(now);
    }
    if (next == TaskLifecycle.STOPPED) {
      builder.stoppedAt(now);
    }
    return builder.build();
  }

  /** Asks for the task's end; the first reason is the one that stays. */
  TaskState stopping(StopCode code, String reason) {
    return stopRequested
        ? this
        : copy().stopRequested(true).stopCode(code).stoppedReason(reason).build();
  }

  TaskState pullsStarted(Instant at) {
    return pullStartedAt != null ? this : copy().pullStartedAt(at).build();
  }

  TaskState pullsStopped(Instant at) {
    return copy().pullStoppedAt(at).build();
  }

  TaskState executionStopped(Instant at) {
    return executionStoppedAt != null ? this : copy().executionStoppedAt(at).build();
  }

  private TaskStateBuilder copy() {
    return new TaskStateBuilder(this);
  }
}
