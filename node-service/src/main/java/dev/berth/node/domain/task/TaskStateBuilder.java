package dev.berth.node.domain.task;

import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import java.time.Instant;
import java.util.Map;

/** Changes some members of a {@link TaskState} and keeps the others. */
final class TaskStateBuilder {
  private TaskAssigned assigned;
  private TaskLifecycle lastStatus;
  private boolean stopRequested;
  private StopCode stopCode;
  private String stoppedReason;
  private Map<String, ContainerProgress> containers;
  private HolderProgress holder;
  private boolean unassigned;
  private TaskState.Cleanup cleanup;
  private Instant pullStartedAt;
  private Instant pullStoppedAt;
  private Instant startedAt;
  private Instant stoppingAt;
  private Instant executionStoppedAt;
  private Instant stoppedAt;

  TaskStateBuilder(TaskState state) {
    assigned = state.assigned();
    lastStatus = state.lastStatus();
    stopRequested = state.stopRequested();
    stopCode = state.stopCode();
    stoppedReason = state.stoppedReason();
    containers = state.containers();
    holder = state.holder();
    unassigned = state.unassigned();
    cleanup = state.cleanup();
    pullStartedAt = state.pullStartedAt();
    pullStoppedAt = state.pullStoppedAt();
    startedAt = state.startedAt();
    stoppingAt = state.stoppingAt();
    executionStoppedAt = state.executionStoppedAt();
    stoppedAt = state.stoppedAt();
  }

  TaskStateBuilder assigned(TaskAssigned value) {
    assigned = value;
    return this;
  }

  TaskStateBuilder lastStatus(TaskLifecycle value) {
    lastStatus = value;
    return this;
  }

  TaskStateBuilder stopRequested(boolean value) {
    stopRequested = value;
    return this;
  }

  TaskStateBuilder stopCode(StopCode value) {
    stopCode = value;
    return this;
  }

  TaskStateBuilder stoppedReason(String value) {
    stoppedReason = value;
    return this;
  }

  TaskStateBuilder containers(Map<String, ContainerProgress> value) {
    containers = value;
    return this;
  }

  TaskStateBuilder holder(HolderProgress value) {
    holder = value;
    return this;
  }

  TaskStateBuilder unassigned(boolean value) {
    unassigned = value;
    return this;
  }

  TaskStateBuilder cleanup(TaskState.Cleanup value) {
    cleanup = value;
    return this;
  }

  TaskStateBuilder pullStartedAt(Instant value) {
    pullStartedAt = value;
    return this;
  }

  TaskStateBuilder pullStoppedAt(Instant value) {
    pullStoppedAt = value;
    return this;
  }

  TaskStateBuilder startedAt(Instant value) {
    startedAt = value;
    return this;
  }

  TaskStateBuilder stoppingAt(Instant value) {
    stoppingAt = value;
    return this;
  }

  TaskStateBuilder executionStoppedAt(Instant value) {
    executionStoppedAt = value;
    return this;
  }

  TaskStateBuilder stoppedAt(Instant value) {
    stoppedAt = value;
    return this;
  }

  TaskState build() {
    return new TaskState(
        assigned,
        lastStatus,
        stopRequested,
        stopCode,
        stoppedReason,
        containers,
        holder,
        unassigned,
        cleanup,
        pullStartedAt,
        pullStoppedAt,
        startedAt,
        stoppingAt,
        executionStoppedAt,
        stoppedAt);
  }
}
