package dev.berth.node.domain.task;

import dev.berth.contracts.task.NetworkBinding;
import dev.berth.node.domain.container.ContainerRunState;
import dev.berth.node.domain.container.ContainerSnapshot;
import dev.berth.node.domain.container.TaskContainers;
import java.time.Instant;
import java.util.List;

/**
 * Brings a task's state in line with what the engine has of it. What may have been created and
 * isn't there is over: it is never created a second time.
 */
final class TaskRecovery {
  private TaskRecovery() {}

  /** A state out of the journal: what was under way when the process ended is under way no more. */
  static TaskState restored(TaskState journaled) {
    TaskState state = journaled;
    for (ContainerProgress progress : journaled.containers().values()) {
      if (!progress.phase().mayExist()) {
        state = state.with(progress.name(), c -> c.in(ContainerPhase.WAITING));
      }
    }
    HolderProgress holder = state.holder();
    if (holder != null && holder.phase() == HolderProgress.Phase.STARTING) {
      state = state.withHolder(holder.in(HolderProgress.Phase.WAITING));
    }
    if (holder != null && holder.phase() == HolderProgress.Phase.STOPPING) {
      state = state.withHolder(holder.in(HolderProgress.Phase.READY));
    }
    return state.cleanup() == TaskState.Cleanup.RUNNING
        ? state.withCleanup(TaskState.Cleanup.NONE)
        : state;
  }

  static void observed(TaskStep step, TaskEvent.Observed seen) {
    if (step.state().isStopped()) {
      return;
    }
    boolean journalLost =
        step.state().containers().values().stream()
            .anyMatch(c -> !c.phase().mayExist() && seen.containers().containsKey(c.name()));
    for (ContainerProgress progress : step.state().containers().values()) {
      ContainerSnapshot snapshot = seen.containers().get(progress.name());
      if (progress.isStopped()) {
        continue;
      }
      if (snapshot == null) {
        missing(step, progress, journalLost);
      } else {
        present(step, progress, snapshot);
      }
    }
    holder(step, seen);
  }

  private static void missing(TaskStep step, ContainerProgress progress, boolean journalLost) {
    if (progress.phase().mayExist() || journalLost) {
      step.vanished(
          progress.name(),
          "Container "
              + progress.name()
              + " is gone and is not run a second time: it was removed, or the node ended while it was being created");
    }
  }

  private static void present(TaskStep step, ContainerProgress progress, ContainerSnapshot seen) {
    String name = progress.name();
    if (seen.state() == ContainerRunState.CREATED) {
      if (!progress.hasStarted()) {
        step.change(name, c -> c.created(seen.id()));
      }
      return;
    }
    if (seen.state() == ContainerRunState.RUNNING) {
      List<NetworkBinding> bindings =
          TaskContainers.bindings(
              step.state().assigned().taskDefinition(), step.state().definition(name), seen);
      step.change(name, c -> c.running(seen.id(), bindings, seen.startedAt()));
      TaskFold.healthSeen(step, name, TaskHealth.seen(seen.health()));
      return;
    }
    step.change(name, c -> c.created(seen.id()));
    Instant finishedAt = seen.finishedAt() == null ? step.now() : seen.finishedAt();
    if (seen.startedAt() == null) {
      step.failed(name, "CannotStartContainerError: " + seen.error(), seen.exitCode());
      return;
    }
    int exitCode = seen.exitCode() == null ? 137 : seen.exitCode();
    TaskFold.exited(
        step,
        new TaskEvent.Exited(name, exitCode, seen.outOfMemory(), seen.startedAt(), finishedAt));
  }

  private static void holder(TaskStep step, TaskEvent.Observed seen) {
    HolderProgress holder = step.state().holder();
    if (holder == null) {
      return;
    }
    ContainerSnapshot snapshot = seen.holder();
    boolean runs = snapshot != null && snapshot.state() == ContainerRunState.RUNNING;
    if (runs) {
      step.become(
          step.state()
              .withHolder(
                  new HolderProgress(
                      HolderProgress.Phase.READY,
                      snapshot.id(),
                      snapshot.ipv4Address() == null ? holder.address() : snapshot.ipv4Address(),
                      snapshot.macAddress() == null
                          ? holder.macAddress()
                          : snapshot.macAddress())));
    } else if (step.state().anyContainer(c -> c.phase().mayExist())) {
      TaskFold.holderStopped(step);
    }
  }
}
