package dev.berth.node.domain.task;

import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.taskdef.ContainerDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One transition in the making; lives for the length of one call. */
final class TaskStep {
  private static final String ESSENTIAL_EXITED = "Essential container in task exited";

  private final TaskState before;
  private final TaskPolicy policy;
  private final Instant now;
  private final List<TaskEffect> effects = new ArrayList<>();
  private TaskState state;
  private boolean reportAnyway;

  TaskStep(TaskState before, TaskPolicy policy, Instant now) {
    this.before = before;
    this.policy = policy;
    this.now = now;
    this.state = before;
  }

  TaskState state() {
    return state;
  }

  Instant now() {
    return now;
  }

  ContainerProgress container(String name) {
    return state.containers().get(name);
  }

  void become(TaskState next) {
    state = next;
  }

  void change(String container, UnaryOperator<ContainerProgress> change) {
    state = state.with(container, change);
  }

  void ask(TaskEffect effect) {
    effects.add(effect);
  }

  void reportAnyway() {
    reportAnyway = true;
  }

  boolean isCleanupDue() {
    return state.isStopped()
        && state.cleanup() == TaskState.Cleanup.NONE
        && !now.isBefore(state.stoppedAt().plus(policy.cleanupWait()));
  }

  Duration stopTimeout(ContainerDefinition definition) {
    return definition.stopTimeout() == null
        ? policy.stopTimeout()
        : Duration.ofSeconds(definition.stopTimeout());
  }

  /** A container that won't run: the task can't either when the container is essential. */
  void failed(String container, String reason, Integer exitCode) {
    ContainerProgress progress = container(container);
    change(container, c -> c.exited(exitCode, reason, c.startedAt(), now));
    if (state.definition(container).isEssential()) {
      if (progress.hasStarted()) {
        essentialExited(now);
      } else {
        state = state.stopping(StopCode.TaskFailedToStart, reason);
      }
    }
  }

  /** A container that ran and ended: the task ends too when the container is essential. */
  void ended(String container, Integer exitCode, String reason, Instant startedAt, Instant at) {
    change(container, c -> c.exited(exitCode, reason, startedAt, at));
    if (state.definition(container).isEssential()) {
      essentialExited(at);
    }
  }

  /** A container of which nothing is known any more, except that it isn't there. */
  void vanished(String container, String reason) {
    change(container, c -> c.ended(reason, now));
    if (state.definition(container).isEssential()) {
      state = state.executionStopped(now);
      state =
          state.stopping(
              state.lastStatus().compareTo(TaskLifecycle.RUNNING) < 0
                  ? StopCode.TaskFailedToStart
                  : StopCode.EssentialContainerExited,
              reason);
    }
  }

  private void essentialExited(Instant at) {
    state = state.executionStopped(at);
    state = state.stopping(StopCode.EssentialContainerExited, ESSENTIAL_EXITED);
  }

  Transition result() {
    if (reportAnyway || !TaskStatuses.areSame(before, state)) {
      // First of all: whoever waits for the status need not wait for the engine.
      effects.add(0, new TaskEffect.Report());
    }
    return new Transition(state, effects);
  }
}
