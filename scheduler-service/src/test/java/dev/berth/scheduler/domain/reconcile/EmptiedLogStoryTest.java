package dev.berth.scheduler.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.world.Changed;
import dev.berth.scheduler.domain.world.FakeNode;
import dev.berth.scheduler.domain.world.Samples;
import dev.berth.scheduler.domain.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Kafka was emptied: nobody remembers what was placed, but everything runs. */
class EmptiedLogStoryTest {
  private static final String ONE_OFF = "0000000000000000000000000000bbbb";

  private final World world = new World();

  private World threeNodes() {
    world.addNode("i-1", "a", 2048, 4096);
    world.addNode("i-2", "b", 2048, 4096);
    world.addNode("i-3", "c", 2048, 4096);
    return world;
  }

  private static Set<String> ids(List<TaskStatus> tasks) {
    return tasks.stream().map(TaskStatus::taskId).collect(Collectors.toSet());
  }

  @Test
  void anInstanceThatListsWhatNobodyTellsOfAnyMoreEndsTheWaitAfterAnEmptiedLog() {
    threeNodes();
    world.want(Samples.service("web").count(3));
    world.settle().pass(Duration.ofSeconds(20));
    world.emptyLog(world::settle);
    ContainerInstanceStatus told =
        (ContainerInstanceStatus)
            world.log(Topic.CONTAINER_INSTANCE_STATUS).values().iterator().next();
    world.publish(
        Changed.of(
            told,
            Map.of(
                "tasks",
                List.of("0000000000000000000000000000dead"),
                "version",
                told.version() + 1)));

    world.pass(Duration.ofMinutes(3));

    assertThat(world.state().hearing().isRecovering()).isFalse();
    assertThat(world.running("web")).hasSize(3);
  }

  @Test
  void anEmptiedLogStopsNothingAndStartsNothing() {
    threeNodes();
    Samples.Service web = Samples.service("web").count(3).balanced();
    world.want(web);
    world.run("0000000000000000000000000000aaaa", Samples.definition().family("job").build());
    world.settle().pass(Duration.ofSeconds(20));
    Set<String> before = ids(world.statuses(t -> true));
    assertThat(before).hasSize(4);
    int decided = world.decisions().size();

    world.emptyLog(
        () -> {
          world.settle();
          world.pass(Duration.ofSeconds(5));
        });
    world.pass(Duration.ofSeconds(60));

    assertThat(ids(world.statuses(t -> true))).isEqualTo(before);
    assertThat(world.decisions().subList(decided, world.decisions().size()))
        .noneMatch(d -> d instanceof Decision.PlaceTask || d instanceof Decision.StopTask);
    assertThat(world.status("web").steady()).isTrue();
  }

  @Test
  void whoTakesOverBeforeAllIsAccountedForAfterAnEmptiedLogWaitsToo() {
    threeNodes();
    world.want(Samples.service("web").count(3));
    world.settle().pass(Duration.ofSeconds(20));
    Set<String> before = ids(world.statuses(t -> true));
    int decided = world.decisions().size();

    world.emptyLog(
        () -> {
          world.node("i-1").reportAll();
          world.settle();
          assertThat(world.log(Topic.TASK_ASSIGNMENT)).hasSize(1);
          world.changeLeader();
          world.settle().pass(Duration.ofSeconds(15));
        });
    world.pass(Duration.ofSeconds(60));

    assertThat(world.decisions().subList(decided, world.decisions().size()))
        .noneMatch(d -> d instanceof Decision.PlaceTask || d instanceof Decision.StopTask);
    assertThat(ids(world.statuses(t -> true))).isEqualTo(before);
    assertThat(world.state().hearing().isRecovering()).isFalse();
  }

  @Test
  void afterAnEmptiedLogTheWaitBeginsWithWhatApiServiceSaysOfTheCluster() {
    threeNodes();
    world.want(Samples.service("web").count(3));
    world.settle().pass(Duration.ofSeconds(20));
    List<Object> wanted = new ArrayList<>(world.log(Topic.CLUSTER_DESIRED).values());
    wanted.addAll(world.log(Topic.CONTAINER_INSTANCE_DESIRED).values());
    int decided = world.decisions().size();

    world.emptyLog(
        () -> {
          world.tombstone(Topic.CLUSTER_DESIRED, Samples.CLUSTER);
          List.of("i-1", "i-2", "i-3")
              .forEach(id -> world.tombstone(Topic.CONTAINER_INSTANCE_DESIRED, id));
          world.node("i-1").reportAll();
          world.node("i-2").reportAll();
          world.settle().pass(Duration.ofSeconds(20));
          wanted.forEach(world::publish);
          world.settle().pass(Duration.ofSeconds(5));
        });
    world.pass(Duration.ofSeconds(60));

    assertThat(world.decisions().subList(decided, world.decisions().size()))
        .noneMatch(d -> d instanceof Decision.PlaceTask);
    assertThat(world.running("web")).hasSize(3);
  }

  @Test
  void whatApiServiceKnewOnAnInstanceThatDiedWithTheLogIsEndedAndItsOneOffIsNotRunAgain() {
    threeNodes();
    String oneOff = "0000000000000000000000000000aaaa";
    world.run(oneOff, Samples.definition().family("job").build());
    world.want(Samples.service("web").count(3));
    world.settle().pass(Duration.ofSeconds(20));
    List<TaskStatus> all = world.statuses(t -> true);
    String dead =
        all.stream()
            .filter(t -> t.taskId().equals(oneOff))
            .findFirst()
            .orElseThrow()
            .containerInstanceId();
    Set<String> gone = ids(all.stream().filter(t -> t.containerInstanceId().equals(dead)).toList());

    world.node(dead).isolate();
    world.emptyLog(() -> all.forEach(world::nameInstance));
    world.pass(Duration.ofSeconds(15));
    assertThat(gone).hasSizeGreaterThan(1).allMatch(id -> world.verdict(id) == null);
    world.pass(Duration.ofSeconds(60));
    int decided = world.decisions().size();
    world.changeLeader();
    world.settle();

    assertThat(gone)
        .allMatch(id -> world.verdict(id).outcome() == VerdictOutcome.LOST)
        .allMatch(id -> world.verdict(id).desiredStatus() == TaskLifecycle.STOPPED);
    assertThat(world.decisions().subList(decided, world.decisions().size()))
        .noneMatch(d -> d instanceof Decision.PlaceTask || d instanceof Decision.LoseTask);

    world.node(dead).comeBack();
    world.node(dead).reportAll();
    world.settle().pass(Duration.ofSeconds(60));

    assertThat(world.running("web")).hasSize(3).noneMatch(t -> gone.contains(t.taskId()));
    assertThat(world.statuses(t -> gone.contains(t.taskId())))
        .allMatch(t -> t.lastStatus() == TaskLifecycle.STOPPED);
  }

  @Test
  void whatIsNewDoesNotGoWhereTasksRunThatNobodyHasToldOfYet() {
    threeNodes();
    world.want(Samples.service("web").count(3).deploy(large("web")));
    world.settle().pass(Duration.ofSeconds(20));
    int decided = world.decisions().size();

    world.emptyLog(
        () -> {
          world.nodes().forEach(FakeNode::report);
          world.want(
              Samples.service("late").createdAt(world.now().plusSeconds(1)).deploy(large("late")));
          world.run(ONE_OFF, large("job"));
          world.settle().pass(Duration.ofSeconds(2));
          assertThat(world.decisions().subList(decided, world.decisions().size()))
              .noneMatch(d -> d instanceof Decision.PlaceTask || d instanceof Decision.RefuseTask)
              .noneMatch(d -> d instanceof Decision.TellCapacity);
        });
    world.pass(Duration.ofSeconds(60));

    assertThat(world.running("web")).hasSize(3);
    assertThat(world.running("late")).isEmpty();
    assertThat(world.verdict(ONE_OFF).outcome()).isEqualTo(VerdictOutcome.REFUSED);
    assertThat(world.verdict(ONE_OFF).reasons())
        .singleElement()
        .satisfies(reason -> assertThat(reason.code()).isEqualTo("EXPIRED"));
  }

  @Test
  void whatIsNewGoesToWhoHasToldAllWhileOthersHaveNot() {
    threeNodes();
    world.want(Samples.service("web").count(3));
    world.settle().pass(Duration.ofSeconds(20));

    world.emptyLog(
        () -> {
          world.nodes().forEach(FakeNode::report);
          world.want(Samples.service("late").count(2).createdAt(world.now().plusSeconds(1)));
          world.run(ONE_OFF, Samples.definition().family("job").build());
          world.settle();
          assertThat(world.running("late")).isEmpty();
          world.node("i-2").reportAll();
          world.settle();
          assertThat(world.running("late"))
              .hasSize(2)
              .allMatch(task -> task.containerInstanceId().equals("i-2"));
          assertThat(world.verdict(ONE_OFF).outcome()).isEqualTo(VerdictOutcome.PLACED);
          assertThat(world.state().hearing().isRecovering()).isTrue();
        });
    world.pass(Duration.ofSeconds(60));

    assertThat(world.state().hearing().isRecovering()).isFalse();
    assertThat(world.running("web")).hasSize(3);
  }

  @Test
  void whatNoInstanceCouldEverHoldIsRefusedWithoutWaitingForThem() {
    threeNodes();
    world.want(Samples.service("web").count(3));
    world.settle().pass(Duration.ofSeconds(20));

    world.emptyLog(
        () -> {
          world.nodes().forEach(FakeNode::report);
          world.run(
              ONE_OFF, Samples.definition().family("job").container("app", 64, 5000, null).build());
          world.settle();
          assertThat(world.verdict(ONE_OFF).outcome()).isEqualTo(VerdictOutcome.REFUSED);
        });
  }

  private static TaskDefinition large(String family) {
    return Samples.definition().family(family).container("app", 64, 3000, null).build();
  }
}
