package dev.berth.node.domain.task;

import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.taskdef.ContainerDefinition;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** Decides what is to be done next for a task, until nothing more follows. */
final class TaskAdvance {
  private TaskAdvance() {}

  static void of(TaskStep step) {
    TaskState before;
    do {
      before = step.state();
      if (before.isStopped()) {
        break;
      }
      if (before.stopRequested()) {
        stop(step);
      } else {
        run(step);
      }
    } while (!step.state().equals(before));
    afterwards(step);
  }

  private static void run(TaskStep step) {
    HolderProgress holder = step.state().holder();
    if (holder != null && holder.phase() == HolderProgress.Phase.WAITING) {
      step.become(step.state().withHolder(holder.in(HolderProgress.Phase.STARTING)));
      step.ask(new TaskEffect.StartHolder());
    }
    Set<String> toJournal = new LinkedHashSet<>();
    for (ContainerDefinition definition : step.state().definitions()) {
      if (step.state().stopRequested()) {
        break;
      }
      advance(step, definition, toJournal);
    }
    if (!toJournal.isEmpty()) {
      step.ask(new TaskEffect.Journal(toJournal));
    }
    if (step.state().allContainers(ContainerProgress::isStopped)) {
      step.become(
          step.state()
              .executionStopped(step.now())
              .stopping(StopCode.EssentialContainerExited, "All containers in task exited"));
    }
    statusWhileRunning(step);
  }

  private static void advance(
      TaskStep step, ContainerDefinition definition, Set<String> toJournal) {
    String name = definition.name();
    switch (step.container(name).phase()) {
      case WAITING -> {
        step.change(name, c -> c.in(ContainerPhase.PULLING));
        step.become(step.state().pullsStarted(step.now()));
        step.ask(new TaskEffect.PullImage(name));
      }
      case PULLED -> {
        HolderProgress holder = step.state().holder();
        if (holder != null && holder.phase() != HolderProgress.Phase.READY) {
          return;
        }
        switch (Dependencies.toCreate(step.state(), definition)) {
          case Dependencies.Answer.Met met -> {
            step.change(name, c -> c.in(ContainerPhase.JOURNALING));
            toJournal.add(name);
          }
          case Dependencies.Answer.Never never -> step.failed(name, never.reason(), null);
          case Dependencies.Answer.Wait wait -> {
            // An event about the container it waits for comes here again.
          }
        }
      }
      case CREATED -> {
        switch (Dependencies.toStart(step.state(), definition, step.now())) {
          case Dependencies.Answer.Met met -> {
            step.change(name, c -> c.in(ContainerPhase.STARTING));
            step.ask(new TaskEffect.Start(name, step.container(name).runtimeId()));
          }
          case Dependencies.Answer.Never never -> step.failed(name, never.reason(), null);
          case Dependencies.Answer.Wait wait -> {
            // An event about the container it waits for, or its start timeout, comes here again.
          }
        }
      }
      case PULLING, JOURNALING, CREATING, STARTING, RUNNING, STOPPING, STOPPED -> {
        // An answer is awaited, or there is nothing to do.
      }
    }
  }

  private static void statusWhileRunning(TaskStep step) {
    TaskState state = step.state();
    if (state.stopRequested()) {
      return;
    }
    HolderProgress holder = state.holder();
    if (holder == null || holder.phase() == HolderProgress.Phase.READY) {
      step.become(state.moved(TaskLifecycle.PENDING, step.now()));
    }
    if (state.allContainers(c -> c.hasStarted() || c.isStopped())) {
      step.become(state.moved(TaskLifecycle.RUNNING, lastStart(state, step.now())));
    }
  }

  private static void stop(TaskStep step) {
    for (ContainerDefinition definition : step.state().definitions()) {
      String name = definition.name();
      ContainerProgress container = step.container(name);
      switch (container.phase()) {
        case WAITING, PULLING, PULLED, JOURNALING, CREATED ->
            step.change(name, c -> c.ended(null, step.now()));
        case RUNNING -> {
          if (!Dependencies.isNeeded(step.state(), name)) {
            step.change(name, c -> c.in(ContainerPhase.STOPPING));
            step.ask(
                new TaskEffect.Stop(name, container.runtimeId(), step.stopTimeout(definition)));
          }
        }
        case CREATING, STARTING, STOPPING, STOPPED -> {
          // An answer is awaited, or there is nothing to do.
        }
      }
    }
    if (step.state().allContainers(ContainerProgress::isStopped)) {
      step.become(step.state().executionStopped(step.now()));
      releaseHolder(step);
    } else {
      step.become(step.state().moved(TaskLifecycle.STOPPING, step.now()));
    }
  }

  private static void releaseHolder(TaskStep step) {
    HolderProgress holder = step.state().holder();
    if (holder == null) {
      stopped(step);
      return;
    }
    switch (holder.phase()) {
      case WAITING -> step.become(step.state().withHolder(holder.in(HolderProgress.Phase.STOPPED)));
      case READY -> {
        step.become(
            step.state()
                .withHolder(holder.in(HolderProgress.Phase.STOPPING))
                .moved(TaskLifecycle.DEPROVISIONING, step.now()));
        step.ask(new TaskEffect.StopHolder(holder.runtimeId()));
      }
      case STOPPED -> stopped(step);
      case STARTING, STOPPING -> {
        // An answer is awaited.
      }
    }
  }

  private static void stopped(TaskStep step) {
    TaskState state = step.state();
    if (state.startedAt() == null && state.allContainers(ContainerProgress::hasStarted)) {
      // It ran, too briefly to be seen running.
      state = state.moved(TaskLifecycle.RUNNING, lastStart(state, step.now()));
    }
    step.become(state.moved(TaskLifecycle.STOPPED, step.now()));
  }

  private static Instant lastStart(TaskState state, Instant fallback) {
    return state.containers().values().stream()
        .map(ContainerProgress::startedAt)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(fallback);
  }

  private static void afterwards(TaskStep step) {
    if (step.isCleanupDue()) {
      step.become(step.state().withCleanup(TaskState.Cleanup.RUNNING));
      step.ask(new TaskEffect.CleanUp());
    }
    if (step.state().cleanup() == TaskState.Cleanup.DONE && step.state().unassigned()) {
      step.ask(new TaskEffect.Forget());
    }
  }
}
