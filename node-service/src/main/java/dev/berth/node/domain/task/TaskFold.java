package dev.berth.node.domain.task;

import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.taskdef.ContainerDefinition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes an event into a task's state. */
final class TaskFold {
  static final String OUT_OF_MEMORY = "OutOfMemoryError: Container killed due to memory usage";
  private static final String NOT_FOUND_AGAIN =
      "The container was not there when the node found the task without its journal";
  private static final String HOLDER_ENDED = "The container that holds the task's network ended";

  private TaskFold() {}

  static void into(TaskStep step, TaskEvent event) {
    switch (event) {
      case TaskEvent.Assigned e -> assigned(step, e.assigned());
      case TaskEvent.AssignmentGone e -> step.become(step.state().withoutAssignment(true));
      case TaskEvent.Refused e ->
          step.become(step.state().stopping(StopCode.TaskFailedToStart, e.reason()));
      case TaskEvent.Observed e -> TaskRecovery.observed(step, e);
      case TaskEvent.PullSeen e -> {
        if (isIn(step, e.container(), ContainerPhase.PULLING)) {
          step.change(e.container(), c -> c.pulling(e.pull()));
        }
      }
      case TaskEvent.ImageReady e -> imageReady(step, e);
      case TaskEvent.ImageFailed e -> imageFailed(step, e);
      case TaskEvent.HolderReady e -> holderReady(step, e);
      case TaskEvent.HolderFailed e -> holderFailed(step, e.reason());
      case TaskEvent.HolderStopped e -> holderStopped(step);
      case TaskEvent.Journaled e -> journaled(step, e);
      case TaskEvent.Created e -> created(step, e);
      case TaskEvent.CreateFailed e -> {
        if (isIn(step, e.container(), ContainerPhase.CREATING)) {
          step.failed(e.container(), e.reason(), null);
        }
      }
      case TaskEvent.Started e -> started(step, e);
      case TaskEvent.StartFailed e -> {
        if (isIn(step, e.container(), ContainerPhase.STARTING)) {
          step.failed(e.container(), e.reason(), e.exitCode());
        }
      }
      case TaskEvent.Exited e -> exited(step, e);
      case TaskEvent.Vanished e -> vanished(step, e.container());
      case TaskEvent.HealthSeen e -> healthSeen(step, e.container(), e.health());
      case TaskEvent.TimePassed e -> {
        // What is due is decided by the advance that follows every event.
      }
      case TaskEvent.CleanedUp e -> {
        if (step.state().cleanup() == TaskState.Cleanup.RUNNING) {
          step.become(step.state().withCleanup(TaskState.Cleanup.DONE));
        }
      }
      case TaskEvent.ReportLost e -> step.reportAnyway();
    }
  }

  private static boolean isIn(TaskStep step, String container, ContainerPhase phase) {
    ContainerProgress progress = step.container(container);
    return progress != null && progress.phase() == phase;
  }

  private static void assigned(TaskStep step, TaskAssigned newest) {
    TaskState state = step.state();
    TaskAssigned known = state.assigned();
    if (newest.epoch() < known.epoch()
        || (newest.epoch() == known.epoch() && newest.version() <= known.version())) {
      return;
    }
    step.become(adopted(state, newest).withoutAssignment(false));
    if (newest.desiredStatus() == TaskLifecycle.STOPPED) {
      step.become(
          step.state()
              .stopping(
                  newest.stopCode() == null ? StopCode.UserInitiated : newest.stopCode(),
                  newest.stoppedReason()));
    }
    if (state.isStopped()) {
      // Whoever writes anew about a task that is over hasn't heard of its end.
      step.reportAnyway();
    }
  }

  private static TaskState adopted(TaskState state, TaskAssigned newest) {
    TaskAssigned known = state.assigned();
    if (!StrayTask.isStray(known) || newest.taskDefinition() == null) {
      return state.withAssigned(merged(known, newest));
    }
    Map<String, ContainerProgress> containers = new LinkedHashMap<>();
    for (ContainerDefinition definition : newest.taskDefinition().containerDefinitions()) {
      ContainerProgress progress = state.containers().get(definition.name());
      containers.put(
          definition.name(),
          progress == null
              // It may have been run and removed: a journal that is lost can't tell.
              ? ContainerProgress.waiting(definition.name()).ended(NOT_FOUND_AGAIN, null)
              : progress);
    }
    return state.withAssigned(newest).withContainers(containers);
  }

  /** What a task is never changes: a stop may come without its definition. */
  private static TaskAssigned merged(TaskAssigned known, TaskAssigned newest) {
    return new TaskAssigned(
        known.taskId(),
        known.cluster(),
        known.containerInstanceId(),
        newest.version(),
        newest.epoch(),
        known.installationId(),
        known.taskArn(),
        known.clusterArn(),
        newest.desiredStatus(),
        newest.stopCode(),
        newest.stoppedReason(),
        known.taskDefinition(),
        known.overrides(),
        known.networkConfiguration(),
        known.resources(),
        known.serviceName(),
        known.serviceId(),
        known.deploymentId(),
        known.group(),
        known.startedBy(),
        known.launchType(),
        known.tags(),
        known.enableExecuteCommand(),
        known.createdAt(),
        known.capacityProviderName(),
        known.platformVersion(),
        known.containerImages());
  }

  private static void imageReady(TaskStep step, TaskEvent.ImageReady e) {
    if (isIn(step, e.container(), ContainerPhase.PULLING)) {
      step.change(e.container(), c -> c.pulled(e.digest()));
      step.become(step.state().pullsStopped(step.now()));
    }
  }

  private static void imageFailed(TaskStep step, TaskEvent.ImageFailed e) {
    if (isIn(step, e.container(), ContainerPhase.PULLING)) {
      step.become(step.state().pullsStopped(step.now()));
      step.failed(e.container(), e.reason(), null);
    }
  }

  private static void holderReady(TaskStep step, TaskEvent.HolderReady e) {
    HolderProgress holder = step.state().holder();
    if (holder != null && holder.phase().compareTo(HolderProgress.Phase.READY) < 0) {
      step.become(
          step.state()
              .withHolder(
                  new HolderProgress(
                      HolderProgress.Phase.READY, e.runtimeId(), e.address(), e.macAddress())));
    }
  }

  private static void holderFailed(TaskStep step, String reason) {
    HolderProgress holder = step.state().holder();
    if (holder != null && holder.phase() == HolderProgress.Phase.STARTING) {
      step.become(
          step.state()
              .withHolder(holder.in(HolderProgress.Phase.STOPPED))
              .stopping(StopCode.TaskFailedToStart, reason));
    }
  }

  static void holderStopped(TaskStep step) {
    HolderProgress holder = step.state().holder();
    if (holder == null || holder.phase() == HolderProgress.Phase.STOPPED) {
      return;
    }
    StopCode code =
        step.state().lastStatus().compareTo(TaskLifecycle.RUNNING) < 0
            ? StopCode.TaskFailedToStart
            : StopCode.EssentialContainerExited;
    step.become(
        step.state()
            .withHolder(holder.in(HolderProgress.Phase.STOPPED))
            .stopping(code, HOLDER_ENDED));
  }

  private static void journaled(TaskStep step, TaskEvent.Journaled e) {
    for (String name : step.state().containers().keySet()) {
      if (e.containers().contains(name) && isIn(step, name, ContainerPhase.JOURNALING)) {
        step.change(name, c -> c.in(ContainerPhase.CREATING));
        step.ask(new TaskEffect.Create(name));
      }
    }
  }

  private static void created(TaskStep step, TaskEvent.Created e) {
    if (isIn(step, e.container(), ContainerPhase.CREATING)) {
      step.change(e.container(), c -> c.created(e.runtimeId()));
    }
  }

  private static void started(TaskStep step, TaskEvent.Started e) {
    if (isIn(step, e.container(), ContainerPhase.STARTING)) {
      step.change(e.container(), c -> c.running(e.runtimeId(), e.bindings(), e.at()));
    }
  }

  static void exited(TaskStep step, TaskEvent.Exited e) {
    ContainerProgress progress = step.container(e.container());
    if (progress == null || progress.isStopped() || isOfEarlierRun(progress, e)) {
      return;
    }
    Instant startedAt = e.startedAt() == null ? progress.startedAt() : e.startedAt();
    String reason = e.outOfMemory() ? OUT_OF_MEMORY : null;
    if (!step.state().stopRequested()
        && RestartRule.restarts(
            step.state().definition(e.container()).restartPolicy(),
            e.exitCode(),
            startedAt,
            e.finishedAt())) {
      step.change(
          e.container(),
          c -> c.exited(e.exitCode(), reason, startedAt, e.finishedAt()).restarting());
      step.ask(new TaskEffect.Start(e.container(), progress.runtimeId()));
      return;
    }
    step.ended(e.container(), e.exitCode(), reason, startedAt, e.finishedAt());
  }

  /** An end told twice must not end the run that came after it. */
  private static boolean isOfEarlierRun(ContainerProgress progress, TaskEvent.Exited e) {
    boolean known = progress.finishedAt() != null && !e.finishedAt().isAfter(progress.finishedAt());
    boolean before = progress.startedAt() != null && e.finishedAt().isBefore(progress.startedAt());
    return known || before;
  }

  static void vanished(TaskStep step, String container) {
    ContainerProgress progress = step.container(container);
    if (progress == null
        || progress.isStopped()
        || progress.phase().compareTo(ContainerPhase.CREATED) < 0) {
      return;
    }
    step.vanished(container, "Container " + container + " was removed from the container engine");
  }

  static void healthSeen(TaskStep step, String container, HealthStatus health) {
    ContainerProgress progress = step.container(container);
    if (progress != null && progress.phase().isAlive()) {
      step.change(container, c -> c.withHealth(health));
    }
  }
}
