package dev.berth.node.domain.task;

import dev.berth.contracts.taskdef.ContainerDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of a task: {@code (state, event, now) -> (state, effects)}. Every event may come
 * twice, late, or for a state that has moved on; then it changes nothing.
 */
public final class TaskTransitions {
  private final TaskPolicy policy;

  public TaskTransitions(TaskPolicy policy) {
    this.policy = policy;
  }

  /** How long what a stopped task left behind is kept. */
  public Duration cleanupWait() {
    return policy.cleanupWait();
  }

  /** Takes in an event and decides what follows from it. */
  public Transition apply(TaskState state, TaskEvent event, Instant now) {
    TaskStep step = new TaskStep(state, policy, now);
    TaskFold.into(step, event);
    TaskAdvance.of(step);
    return step.result();
  }

  /** The first moment at which {@link TaskEvent.TimePassed} would change something. */
  public Optional<Instant> nextDeadline(TaskState state) {
    Optional<Instant> next =
        state.isStopped() && state.cleanup() == TaskState.Cleanup.NONE
            ? Optional.of(state.stoppedAt().plus(policy.cleanupWait()))
            : Optional.empty();
    for (ContainerDefinition definition : state.definitions()) {
      if (waits(state, definition)) {
        next = earlier(next, Dependencies.startDeadline(state, definition));
      }
    }
    return next;
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    return other.isEmpty() || (one.isPresent() && !other.get().isBefore(one.get())) ? one : other;
  }

  private static boolean waits(TaskState state, ContainerDefinition definition) {
    return state.containers().get(definition.name()).phase() == ContainerPhase.CREATED;
  }
}
