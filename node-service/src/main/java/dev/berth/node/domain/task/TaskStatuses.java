package dev.berth.node.domain.task;

import dev.berth.contracts.task.ContainerIds;
import dev.berth.contracts.task.ContainerState;
import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.ContainerOverride;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** A task's state as others see it. */
public final class TaskStatuses {
  private TaskStatuses() {}

  /**
   * The record for {@code berth.task.status.v1}.
   *
   * @param installationId the node's installation
   * @param version grows with each record of the task
   * @param hostAddress where others reach the node's published ports
   */
  public static TaskStatus of(
      TaskState state, String installationId, long version, String hostAddress) {
    return of(state, installationId, version, hostAddress, containers(state, true));
  }

  /** Whether two states of a task are the same to others. */
  static boolean areSame(TaskState one, TaskState other) {
    return one.equals(other) || asSeen(one).equals(asSeen(other));
  }

  /** Without what is the same in all its states. */
  private static TaskStatus asSeen(TaskState state) {
    return of(state, "", 0, "", containers(state, false));
  }

  private static TaskStatus of(
      TaskState state,
      String installationId,
      long version,
      String hostAddress,
      List<ContainerState> containers) {
    var assigned = state.assigned();
    return new TaskStatus(
        state.taskId(),
        assigned.cluster(),
        assigned.containerInstanceId(),
        version,
        installationId,
        state.lastStatus(),
        TaskHealth.of(state),
        containers,
        assigned.taskDefinition().taskDefinitionArn(),
        assigned.serviceName(),
        assigned.serviceId(),
        assigned.deploymentId(),
        assigned.group(),
        assigned.startedBy(),
        assigned.resources(),
        hostAddress,
        state.stopCode(),
        state.stoppedReason(),
        assigned.createdAt(),
        state.pullStartedAt(),
        state.pullStoppedAt(),
        state.startedAt(),
        state.stoppingAt(),
        state.executionStoppedAt(),
        state.stoppedAt(),
        assigned.launchType(),
        assigned.capacityProviderName());
  }

  /** A status told once more, under a new version. */
  public static TaskStatus again(TaskStatus last, long version) {
    return new TaskStatus(
        last.taskId(),
        last.cluster(),
        last.containerInstanceId(),
        version,
        last.installationId(),
        last.lastStatus(),
        last.healthStatus(),
        last.containers(),
        last.taskDefinitionArn(),
        last.serviceName(),
        last.serviceId(),
        last.deploymentId(),
        last.group(),
        last.startedBy(),
        last.resources(),
        last.hostAddress(),
        last.stopCode(),
        last.stoppedReason(),
        last.createdAt(),
        last.pullStartedAt(),
        last.pullStoppedAt(),
        last.startedAt(),
        last.stoppingAt(),
        last.executionStoppedAt(),
        last.stoppedAt(),
        last.launchType(),
        last.capacityProviderName());
  }

  /** The end of a task that was to be stopped and of which the node has nothing. */
  public static TaskStatus neverRun(
      TaskAssigned assigned, String hostAddress, Instant now, long version) {
    return new TaskStatus(
        assigned.taskId(),
        assigned.cluster(),
        assigned.containerInstanceId(),
        version,
        assigned.installationId(),
        TaskLifecycle.STOPPED,
        HealthStatus.UNKNOWN,
        List.of(),
        null,
        assigned.serviceName(),
        assigned.serviceId(),
        assigned.deploymentId(),
        assigned.group(),
        assigned.startedBy(),
        assigned.resources(),
        hostAddress,
        assigned.stopCode(),
        assigned.stoppedReason(),
        assigned.createdAt(),
        null,
        null,
        null,
        now,
        now,
        now,
        assigned.launchType(),
        assigned.capacityProviderName());
  }

  private static List<ContainerState> containers(TaskState state, boolean withIds) {
    List<ContainerState> containers = new ArrayList<>();
    for (ContainerDefinition definition : state.definitions()) {
      String id = withIds ? ContainerIds.of(state.taskId(), definition.name()) : "";
      containers.add(container(state, definition, id));
    }
    return Collections.unmodifiableList(containers);
  }

  private static ContainerState container(
      TaskState state, ContainerDefinition definition, String id) {
    ContainerProgress progress = state.containers().get(definition.name());
    return new ContainerState(
        id,
        definition.name(),
        definition.image(),
        progress.imageDigest(),
        progress.runtimeId(),
        status(progress),
        progress.exitCode(),
        progress.reason(),
        TaskHealth.isChecked(definition) ? progress.health() : HealthStatus.UNKNOWN,
        progress.bindings(),
        state.networkInterfaces(),
        text(overridden(state, definition, ContainerOverride::cpu, definition.cpu())),
        text(overridden(state, definition, ContainerOverride::memory, definition.memory())),
        text(
            overridden(
                state,
                definition,
                ContainerOverride::memoryReservation,
                definition.memoryReservation())),
        progress.pull());
  }

  private static TaskLifecycle status(ContainerProgress progress) {
    if (progress.isStopped()) {
      return TaskLifecycle.STOPPED;
    }
    return progress.hasStarted() ? TaskLifecycle.RUNNING : TaskLifecycle.PENDING;
  }

  private static Integer overridden(
      TaskState state,
      ContainerDefinition definition,
      Function<ContainerOverride, Integer> member,
      Integer defined) {
    var overrides = state.assigned().overrides();
    if (overrides == null) {
      return defined;
    }
    return overrides.containerOverrides().stream()
        .filter(override -> definition.name().equals(override.name()))
        .map(member)
        .filter(value -> value != null)
        .findFirst()
        .orElse(defined);
  }

  private static String text(Integer value) {
    return value == null ? null : value.toString();
  }
}
