package dev.berth.node.domain.task;

import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Drives one task by hand: an engine that answers every call well and at once, except for what the
 * test holds back, and containers that run until the test ends them.
 */
final class TaskBench {
  private final TaskTransitions transitions = new TaskTransitions(TaskPolicy.DEFAULT);
  private final List<String> done = new ArrayList<>();
  private final List<TaskStatus> reports = new ArrayList<>();
  private TaskState state;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Set<String> heldBack = Set.of();

  /** A task of these containers, as JSON, with nothing done yet. */
  static TaskBench of(String definition) {
    TaskBench bench = new TaskBench();
    var assigned = Assignments.running("0123", "i1", definition);
    bench.state =
        TaskState.accepted(
            assigned,
            dev.berth.node.domain.container.TaskContainers.needsHolder(assigned.taskDefinition()));
    return bench;
  }

  /** Effects of this form, such as {@code create web}, are noted and never answered. */
  TaskBench holdingBack(String... effects) {
    heldBack = Set.of(effects);
    return this;
  }

  TaskBench begin() {
    return tell(new TaskEvent.TimePassed());
  }

  TaskBench tell(TaskEvent event) {
    Transition transition = transitions.apply(state, event, now);
    state = transition.state();
    transition.effects().forEach(this::perform);
    return this;
  }

  TaskBench exit(String container, int code) {
    return tell(
        new TaskEvent.Exited(
            container, code, false, state.containers().get(container).startedAt(), now));
  }

  TaskBench healthy(String container) {
    return tell(new TaskEvent.HealthSeen(container, HealthStatus.HEALTHY));
  }

  TaskBench unhealthy(String container) {
    return tell(new TaskEvent.HealthSeen(container, HealthStatus.UNHEALTHY));
  }

  TaskBench stop() {
    return tell(new TaskEvent.Assigned(Assignments.stopped(state.assigned(), "asked to")));
  }

  TaskBench pass(Duration time) {
    now = now.plus(time);
    return tell(new TaskEvent.TimePassed());
  }

  TaskBench passSilently(Duration time) {
    now = now.plus(time);
    return this;
  }

  TaskState state() {
    return state;
  }

  ContainerProgress container(String name) {
    return state.containers().get(name);
  }

  TaskLifecycle lastStatus() {
    return state.lastStatus();
  }

  Instant now() {
    return now;
  }

  TaskTransitions transitions() {
    return transitions;
  }

  /** What was done so far: {@code pull web}, {@code create web}, {@code stop web 30s}, ... */
  List<String> done() {
    return List.copyOf(done);
  }

  /** The same, only what starts with one of these verbs. */
  List<String> done(String... verbs) {
    return done.stream().filter(effect -> Set.of(verbs).contains(effect.split(" ")[0])).toList();
  }

  /** All statuses that were reported, in order. */
  List<TaskStatus> reports() {
    return List.copyOf(reports);
  }

  private void perform(TaskEffect effect) {
    switch (effect) {
      case TaskEffect.PullImage e ->
          answer("pull " + e.container(), new TaskEvent.ImageReady(e.container(), null));
      case TaskEffect.StartHolder e ->
          answer("holder", new TaskEvent.HolderReady("holder-id", "172.30.0.2", "02:42"));
      case TaskEffect.Journal e -> {
        done.add("journal " + String.join(",", e.containers()));
        tell(new TaskEvent.Journaled(e.containers()));
      }
      case TaskEffect.Create e ->
          answer(
              "create " + e.container(),
              new TaskEvent.Created(e.container(), e.container() + "-id"));
      case TaskEffect.Start e ->
          answer(
              "start " + e.container(),
              new TaskEvent.Started(e.container(), e.runtimeId(), List.of(), now));
      case TaskEffect.Stop e ->
          answer(
              "stop " + e.container() + " " + e.timeout().toSeconds() + "s",
              new TaskEvent.Exited(e.container(), 143, false, null, now));
      case TaskEffect.StopHolder e -> answer("release", new TaskEvent.HolderStopped());
      case TaskEffect.Report e -> reports.add(TaskStatuses.of(state, "i", 1, "127.0.0.1"));
      case TaskEffect.CleanUp e -> answer("clean", new TaskEvent.CleanedUp());
      case TaskEffect.Forget e -> done.add("forget");
    }
  }

  private void answer(String effect, TaskEvent answer) {
    done.add(effect);
    if (!heldBack.contains(effect)) {
      tell(answer);
    }
  }
}
