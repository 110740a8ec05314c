package dev.berth.node.domain.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The task life cycle: every pair of states, every event in every state")
class TaskLifecycleTransitionsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final TaskAssigned ASSIGNED =
      Assignments.running(
          "0123",
          "i1",
          """
          {"networkMode":"awsvpc","containerDefinitions":[
            {"name":"init","essential":false},
            {"name":"app","dependsOn":[{"containerName":"init","condition":"SUCCESS"}],
             "healthCheck":{"command":["CMD","true"]}}]}
          """);

  static Stream<Arguments> pairs() {
    return Stream.of(TaskLifecycle.values())
        .flatMap(from -> Stream.of(TaskLifecycle.values()).map(to -> Arguments.of(from, to)));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("pairs")
  void aStatusOnlyMovesForward(TaskLifecycle from, TaskLifecycle to) {
    // Given
    TaskState state = TaskState.accepted(ASSIGNED, true).moved(from, NOW);
    // When
    TaskState moved = state.moved(to, NOW.plusSeconds(1));
    // Then
    assertThat(moved.lastStatus()).isEqualTo(to.compareTo(from) > 0 ? to : from);
    if (to.compareTo(from) <= 0) {
      assertThat(moved).isEqualTo(state);
    }
  }

  /** States as they come up on the way of one task from its acceptance to its end. */
  static List<TaskState> statesOfALife() {
    TaskTransitions transitions = new TaskTransitions(TaskPolicy.DEFAULT);
    List<TaskState> states = new ArrayList<>();
    states.add(TaskState.accepted(ASSIGNED, true));
    for (TaskEvent event : life()) {
      states.add(transitions.apply(states.getLast(), event, NOW).state());
    }
    return states;
  }

  static List<TaskEvent> life() {
    return List.of(
        new TaskEvent.TimePassed(),
        new TaskEvent.ImageReady("init", null),
        new TaskEvent.HolderReady("h", "172.30.0.2", null),
        new TaskEvent.ImageReady("app", null),
        new TaskEvent.Journaled(Set.of("init", "app")),
        new TaskEvent.Created("init", "init-id"),
        new TaskEvent.Created("app", "app-id"),
        new TaskEvent.Started("init", "init-id", List.of(), NOW),
        new TaskEvent.Exited("init", 0, false, NOW, NOW),
        new TaskEvent.Started("app", "app-id", List.of(), NOW),
        new TaskEvent.HealthSeen("app", HealthStatus.HEALTHY),
        new TaskEvent.Assigned(Assignments.stopped(ASSIGNED, "stop")),
        new TaskEvent.Exited("app", 143, false, NOW, NOW),
        new TaskEvent.HolderStopped());
  }

  static Stream<TaskEvent> everyEvent() {
    return Stream.concat(
        life().stream(),
        Stream.of(
            new TaskEvent.Refused("no"),
            new TaskEvent.AssignmentGone(),
            new TaskEvent.Assigned(Assignments.withVersion(ASSIGNED, 7)),
            new TaskEvent.Observed(Map.of(), null),
            new TaskEvent.ImageFailed("app", "no"),
            new TaskEvent.HolderFailed("no"),
            new TaskEvent.CreateFailed("init", "no"),
            new TaskEvent.StartFailed("app", "no", 127),
            new TaskEvent.Vanished("app"),
            new TaskEvent.HealthSeen("app", HealthStatus.UNHEALTHY),
            new TaskEvent.CleanedUp(),
            new TaskEvent.ReportLost()));
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  void noEventMovesAStatusBackOrRevivesAStoppedTask(TaskEvent event) {
    TaskTransitions transitions = new TaskTransitions(TaskPolicy.DEFAULT);
    for (TaskState state : statesOfALife()) {
      // When
      Transition transition = transitions.apply(state, event, NOW.plus(Duration.ofSeconds(5)));
      // Then
      assertThat(transition.state().lastStatus()).isGreaterThanOrEqualTo(state.lastStatus());
      if (state.isStopped()) {
        assertThat(transition.effects())
            .isSubsetOf(new TaskEffect.Report(), new TaskEffect.CleanUp(), new TaskEffect.Forget());
      }
      state
          .containers()
          .forEach(
              (name, before) -> {
                if (before.isStopped()) {
                  assertThat(transition.state().containers().get(name).isStopped()).isTrue();
                }
              });
    }
  }

  @Test
  void aLifeShowsEveryStatusThatANodeReports() {
    // When
    Stream<TaskLifecycle> seen = statesOfALife().stream().map(TaskState::lastStatus).distinct();
    // Then: ACTIVATING and DEACTIVATING are the scheduler's business (target groups)
    assertThat(seen)
        .containsExactly(
            TaskLifecycle.PROVISIONING,
            TaskLifecycle.PENDING,
            TaskLifecycle.RUNNING,
            TaskLifecycle.STOPPING,
            TaskLifecycle.DEPROVISIONING,
            TaskLifecycle.STOPPED);
  }
}
