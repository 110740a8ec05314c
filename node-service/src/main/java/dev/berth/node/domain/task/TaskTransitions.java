package dev.berth.node.domain.task;

import dev.berth.contracts.taskdef.ContainerDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

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
    Stream<Instant> cleanup =
        state.isStopped() && state.cleanup() == TaskState.Cleanup.NONE
            ? Stream.of(state.stoppedAt().plus(policy.cleanupWait()))
            : Stream.empty();
    Stream<Instant> starts =
        state.definitions().stream()
            .filter(definition -> waits(state, definition))
            .map(definition -> Dependencies.startDeadline(state, definition))
            .flatMap(Optional::stream);
    return Stream.concat(cleanup, starts).min(Instant::compareTo);
  }

  private static boolean waits(TaskState state, ContainerDefinition definition) {
    return state.containers().get(definition.name()).phase() == ContainerPhase.CREATED;
  }
}
