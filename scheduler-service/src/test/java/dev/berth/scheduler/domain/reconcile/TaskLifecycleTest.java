package dev.berth.scheduler.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.world.FakeNode;
import dev.berth.scheduler.domain.world.Samples;
import dev.berth.scheduler.domain.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may move a task, and where to: every pair of states. */
class TaskLifecycleTest {
  private static final String TASK = "0000000000000000000000000000aaaa";

  static Stream<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    for (TaskLifecycle from : TaskLifecycle.values()) {
      for (TaskLifecycle to : TaskLifecycle.values()) {
        pairs.add(Arguments.of(from, to));
      }
    }
    return pairs.stream();
  }

  private static World worldWithTask() {
    World world = new World();
    world.addNode("i-1", "a", 1000, 1000);
    world.run(TASK, Samples.definition().build());
    world.plan();
    return world;
  }

  private static TaskStatus status(World world, TaskLifecycle state, long version) {
    var a = world.state().task(TASK).assignment();
    return new TaskStatus(
        TASK,
        Samples.CLUSTER,
        "i-1",
        version,
        "installation",
        state,
        null,
        List.of(),
        a.taskDefinitionArn(),
        null,
        null,
        null,
        a.group(),
        null,
        a.resources(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatANodeSawOnlyMovesForward(TaskLifecycle from, TaskLifecycle to) {
    World world = worldWithTask();
    world.fold(status(world, from, 1000));

    world.fold(status(world, to, 1001));

    boolean forward = from.canBecome(to);
    assertThat(world.state().task(TASK).status().lastStatus()).isEqualTo(forward ? to : from);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void anOlderMessageChangesNothing(TaskLifecycle from, TaskLifecycle to) {
    World world = worldWithTask();
    world.fold(status(world, from, 1000));

    world.fold(status(world, to, 1000));

    assertThat(world.state().task(TASK).status().lastStatus()).isEqualTo(from);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whoeverWantsItStoppedItsEndIsFinal(TaskLifecycle seen, TaskLifecycle later) {
    World world = worldWithTask();
    FakeNode node = world.node("i-1");
    node.tasks().put(TASK, status(world, seen, 1000));
    world.fold(status(world, seen, 1000));
    world.stop(TASK);
    world.plan();
    world.fold(status(world, later, 1001));
    world.stop(TASK);
    world.plan();

    assertThat(world.plan().isEmpty()).isTrue();
    boolean over = seen == TaskLifecycle.STOPPED || later == TaskLifecycle.STOPPED;
    assertThat(world.decisions()).filteredOn(d -> d instanceof Decision.PlaceTask).hasSize(1);
    assertThat(world.decisions())
        .filteredOn(d -> d instanceof Decision.ForgetTask)
        .hasSize(over ? 1 : 0);
    assertThat(world.decisions())
        .filteredOn(d -> d instanceof Decision.StopTask)
        .hasSize(seen == TaskLifecycle.STOPPED ? 0 : 1);
    assertThat(world.verdict(TASK).desiredStatus()).isEqualTo(TaskLifecycle.STOPPED);
  }
}
