package dev.berth.node.domain.task;

import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.ImagePull;
import dev.berth.contracts.task.NetworkBinding;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.node.domain.container.ContainerSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Something that a task's node has learned about it. */
public sealed interface TaskEvent {

  /** The scheduler's newest word on the task. */
  record Assigned(TaskAssigned assigned) implements TaskEvent {}

  /** The scheduler's record of the task was deleted. */
  record AssignmentGone() implements TaskEvent {}

  /** The task can't be run here as it is defined. */
  record Refused(String reason) implements TaskEvent {}

  /**
   * What the engine has of the task, after this process started or lost sight of the engine.
   *
   * @param containers by container name
   * @param holder the holder, or {@code null} when there is none
   */
  record Observed(Map<String, ContainerSnapshot> containers, ContainerSnapshot holder)
      implements TaskEvent {
    public Observed {
      containers = Map.copyOf(containers);
    }
  }

  /** How far the pull of a container's image has come. */
  record PullSeen(String container, ImagePull pull) implements TaskEvent {}

  record ImageReady(String container, String digest) implements TaskEvent {}

  record ImageFailed(String container, String reason) implements TaskEvent {}

  record HolderReady(String runtimeId, String address, String macAddress) implements TaskEvent {}

  record HolderFailed(String reason) implements TaskEvent {}

  /** The holder has ended, asked or not. */
  record HolderStopped() implements TaskEvent {}

  /** It is durable that these containers are about to be created. */
  record Journaled(Set<String> containers) implements TaskEvent {
    public Journaled {
      containers = Set.copyOf(containers);
    }
  }

  record Created(String container, String runtimeId) implements TaskEvent {}

  record CreateFailed(String container, String reason) implements TaskEvent {}

  record Started(String container, String runtimeId, List<NetworkBinding> bindings, Instant at)
      implements TaskEvent {
    public Started {
      bindings = List.copyOf(bindings);
    }
  }

  record StartFailed(String container, String reason, Integer exitCode) implements TaskEvent {}

  /**
   * A container's process has ended.
   *
   * @param startedAt when it was started, for one that ended before its start was noticed
   */
  record Exited(
      String container, int exitCode, boolean outOfMemory, Instant startedAt, Instant finishedAt)
      implements TaskEvent {}

  /** The engine no longer has the container. */
  record Vanished(String container) implements TaskEvent {}

  record HealthSeen(String container, HealthStatus health) implements TaskEvent {}

  /** A deadline may have passed, see {@link TaskTransitions#nextDeadline}. */
  record TimePassed() implements TaskEvent {}

  /** Containers, holder and volumes of the stopped task were removed. */
  record CleanedUp() implements TaskEvent {}

  /** Whoever reads the status has lost it: tell again. */
  record ReportLost() implements TaskEvent {}
}
