package dev.berth.scheduler.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.service.RolloutState;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.world.Samples;
import dev.berth.scheduler.domain.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A service's life, told from outside. */
class ServiceStoryTest {
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
  void aNewServiceGetsItsTasksSpreadOverZonesAndBecomesSteady() {
    threeNodes();
    world.want(Samples.service("web").count(3));

    world.settle();

    assertThat(world.running("web"))
        .extracting(TaskStatus::containerInstanceId)
        .containsExactlyInAnyOrder("i-1", "i-2", "i-3");
    assertThat(world.status("web").steady()).isTrue();
    assertThat(world.status("web").runningCount()).isEqualTo(3);
    assertThat(world.status("web").deployments())
        .singleElement()
        .satisfies(d -> assertThat(d.rolloutState()).isEqualTo(RolloutState.COMPLETED));
    assertThat(world.sentences().getFirst())
        .startsWith("(service web) has started 3 tasks: (task ");
    assertThat(world.sentences())
        .contains(
            "(service web) (deployment ecs-svc/0000000000000000001) deployment completed.",
            "(service web) has reached a steady state.");
  }

  @Test
  void aTaskThatDiesIsReplacedAtOnce() {
    threeNodes();
    world.want(Samples.service("web").count(3));
    world.settle().pass(Duration.ofSeconds(15));
    TaskStatus victim = world.running("web").getFirst();

    world
        .node(victim.containerInstanceId())
        .ends(
            victim.taskId(),
            StopCode.EssentialContainerExited,
            "Essential container in task exited");
    world.plan();

    assertThat(world.state().service("web").tasks()).hasSize(3);
    world.settle();
    assertThat(world.running("web")).hasSize(3).noneMatch(t -> t.taskId().equals(victim.taskId()));
    assertThat(world.status("web").steady()).isTrue();
    assertThat(world.log(Topic.TASK_ASSIGNED)).hasSize(3);
    assertThat(world.log(Topic.TASK_VERDICT)).doesNotContainKey(victim.taskId());
  }

  @Test
  void aServiceScalesOutAndInBalanced() {
    threeNodes();
    Samples.Service web = Samples.service("web").count(2);
    world.want(web);
    world.settle();

    world.want(web.count(6));
    world.settle();
    assertThat(world.running("web")).hasSize(6);
    world.want(web.count(3));
    world.settle();

    assertThat(world.running("web"))
        .extracting(TaskStatus::containerInstanceId)
        .containsExactlyInAnyOrder("i-1", "i-2", "i-3");
    assertThat(world.sentences())
        .anyMatch(s -> s.startsWith("(service web) has stopped 3 running tasks: (task "));
    assertThat(world.status("web").steady()).isTrue();
  }

  @Test
  void aNewRevisionReplacesTheOldBehindTheBalancerDrainedFirst() {
    threeNodes();
    Samples.Service web = Samples.service("web").count(3).balanced();
    world.want(web);
    world.settle();
    Set<String> old = ids(world.running("web"));
    assertThat(world.balancer().targets()).hasSize(3);

    world.want(web.deploy(Samples.definition().revision(2).build()));
    world.settle();

    assertThat(world.running("web")).hasSize(3).noneMatch(t -> old.contains(t.taskId()));
    assertThat(world.balancer().targets()).hasSize(3);
    assertThat(world.status("web").steady()).isTrue();
    assertThat(world.status("web").deployments()).hasSize(1);
    for (String taskId : old) {
      List<Decision> about =
          world.decisions().stream()
              .filter(
                  d ->
                      (d instanceof Decision.DrainTarget t && t.target().taskId().equals(taskId))
                          || (d instanceof Decision.StopTask s
                              && s.assigned().taskId().equals(taskId)))
              .toList();
      assertThat(about).hasSize(2);
      assertThat(about.getFirst()).isInstanceOf(Decision.DrainTarget.class);
    }
  }

  @Test
  void aBadImageLeavesTheOldRevisionServingAndIsThrottled() {
    threeNodes();
    Samples.Service web = Samples.service("web").count(2);
    world.want(web);
    world.settle().pass(Duration.ofSeconds(15));
    Set<String> old = ids(world.running("web"));
    world.want(web.deploy(Samples.definition().revision(2).build()));

    int failures = 0;
    for (int second = 0; second < 60; second++) {
      world.tick(Duration.ofSeconds(1));
      for (int i = 0; i < 5; i++) {
        world.plan();
        for (var node : world.nodes()) {
          for (TaskStatus task : List.copyOf(node.tasks().values())) {
            if (task.lastStatus() == dev.berth.contracts.task.TaskLifecycle.PENDING) {
              node.ends(
                  task.taskId(), StopCode.TaskFailedToStart, "CannotPullContainerError: no such");
              failures++;
            }
          }
          node.step();
        }
      }
    }

    assertThat(ids(world.running("web"))).containsAll(old);
    assertThat(failures).isBetween(6, 20);
    assertThat(world.status("web").deployments().getFirst().failedTasks())
        .isGreaterThanOrEqualTo(6);
    assertThat(world.sentences())
        .filteredOn(s -> s.contains("is unable to consistently start tasks successfully."))
        .hasSize(1);
    assertThat(world.sentences()).anyMatch(s -> s.contains("CannotPullContainerError: no such"));
  }

  @Test
  void anUnhealthyTaskStaysUntilItsReplacementIsHealthy() {
    threeNodes();
    world.want(Samples.service("web").count(2).balanced());
    world.settle();
    TaskStatus sick = world.running("web").getFirst();

    world.balancer().breaks(sick.taskId());
    world.balancer().step();
    world.plan();
    assertThat(world.state().service("web").tasks()).hasSize(3);
    assertThat(world.state().task(sick.taskId()).isLive()).isTrue();
    world.settle();

    assertThat(world.running("web")).hasSize(2).noneMatch(t -> t.taskId().equals(sick.taskId()));
    assertThat(world.decisions())
        .anyMatch(
            d ->
                d instanceof Decision.RetireTask r
                    && r.assignment()
                        .stoppedReason()
                        .equals(
                            "Task failed ELB health checks in (target-group "
                                + Samples.GROUP_ARN
                                + ")"));
  }

  @Test
  void withoutRoomAnUnhealthyTaskStopsFirst() {
    threeNodes();
    Samples.Service web =
        Samples.service("web").deploy(Samples.checked().build()).count(2).percent(50, 100);
    world.want(web);
    world.settle();
    TaskStatus sick = world.running("web").getFirst();

    world.node(sick.containerInstanceId()).health(sick.taskId(), HealthStatus.UNHEALTHY);
    world.settle();

    assertThat(world.running("web")).hasSize(2).noneMatch(t -> t.taskId().equals(sick.taskId()));
  }

  @Test
  void aDrainedInstanceGetsEmptyAndItsOneOffTasksStay() {
    threeNodes();
    world.want(Samples.service("web").count(3));
    world.run(
        "0000000000000000000000000000aaaa", Samples.definition().family("job").build(), "i-1");
    world.settle();

    world.want("i-1", InstanceStatusName.DRAINING, false);
    world.settle();

    assertThat(world.running("web"))
        .hasSize(3)
        .noneMatch(t -> t.containerInstanceId().equals("i-1"));
    assertThat(world.node("i-1").tasks()).containsOnlyKeys("0000000000000000000000000000aaaa");
  }

  @Test
  void aSilentInstanceIsLostAndItsTasksRunElsewhereAndStopWhenItIsBack() {
    threeNodes();
    world.want(Samples.service("web").count(3));
    world.settle();
    TaskStatus away = world.node("i-2").tasks().values().iterator().next();

    world.node("i-2").isolate();
    world.pass(Duration.ofSeconds(29));
    assertThat(world.state().task(away.taskId()).isLive()).isTrue();
    world.pass(Duration.ofSeconds(3));

    assertThat(world.verdict(away.taskId()).outcome()).isEqualTo(VerdictOutcome.LOST);
    assertThat(world.statuses(t -> !t.containerInstanceId().equals("i-2"))).hasSize(3);
    assertThat(world.status("web").runningCount()).isEqualTo(3);

    world.node("i-2").comeBack();
    world.settle();
    assertThat(world.running("web")).hasSize(3).noneMatch(t -> t.taskId().equals(away.taskId()));
    assertThat(world.log(Topic.TASK_ASSIGNMENT)).doesNotContainKey(away.taskId());
  }

  @Test
  void whenManyFallSilentTogetherTheSchedulerSuspectsItself() {
    threeNodes();
    world.want(Samples.service("web").count(3));
    world.settle();

    world.node("i-1").isolate();
    world.node("i-2").isolate();
    world.pass(Duration.ofMinutes(5));
    assertThat(world.decisions()).noneMatch(d -> d instanceof Decision.LoseTask);

    world.node("i-1").comeBack();
    world.pass(Duration.ofSeconds(20));
    assertThat(world.decisions()).noneMatch(d -> d instanceof Decision.LoseTask);
    world.pass(Duration.ofSeconds(20));
    assertThat(world.decisions()).filteredOn(d -> d instanceof Decision.LoseTask).hasSize(1);
  }

  @Test
  void aKafkaAwayForTenMinutesLosesNobody() {
    threeNodes();
    world.want(Samples.service("web").count(3));
    world.settle();

    world.silence(Duration.ofMinutes(10));
    world.plan();
    world.state().caughtUp(world.now(), null);
    world.settle();
    world.node("i-1").beat();
    world.settle();
    world.tick(Duration.ofSeconds(1));
    world.settle().pass(Duration.ofSeconds(60));

    assertThat(world.decisions()).noneMatch(d -> d instanceof Decision.LoseTask);
    assertThat(world.running("web")).hasSize(3);
  }

  @Test
  void aDeletedServiceEndsWithAllItsTasks() {
    threeNodes();
    Samples.Service web = Samples.service("web").count(2).balanced();
    world.want(web);
    world.settle();

    world.want(web.count(0).status(ServiceStatusName.DRAINING));
    world.settle();
    assertThat(world.status("web").status()).isEqualTo(ServiceStatusName.INACTIVE);
    world.tombstone(Topic.SERVICE_DESIRED, "web");
    world.settle();

    assertThat(world.running("web")).isEmpty();
    assertThat(world.log(Topic.SERVICE_STATUS)).isEmpty();
    assertThat(world.log(Topic.TASK_ASSIGNMENT)).isEmpty();
    assertThat(world.log(Topic.TASK_VERDICT)).isEmpty();
    assertThat(world.log(Topic.TARGET_DESIRED)).isEmpty();
    assertThat(world.state().tasks()).isEmpty();
  }

  @Test
  void anotherLeaderGoesOnWithoutDoingAnythingTwice() {
    threeNodes();
    Samples.Service web = Samples.service("web").count(3).balanced();
    world.want(web);
    world.settle().pass(Duration.ofSeconds(15));
    int before = world.decisions().size();

    world.changeLeader();
    world.settle();

    assertThat(world.decisions().subList(before, world.decisions().size())).isEmpty();
  }

  @Test
  void aDaemonRunsOnceOnEachInstanceAndFollowsThem() {
    threeNodes();
    Samples.Service daemon = Samples.service("agent").daemon();
    world.want(daemon);
    world.settle();
    assertThat(world.running("agent")).hasSize(3);
    assertThat(world.status("agent").desiredCount()).isEqualTo(3);

    world.addNode("i-4", "a", 2048, 4096);
    world.settle();
    assertThat(world.running("agent")).hasSize(4);
    world.want(daemon.deploy(Samples.definition().revision(2).build()));
    world.settle();

    assertThat(world.running("agent"))
        .hasSize(4)
        .allMatch(t -> t.deploymentId().equals(daemon.primary()));
    assertThat(world.running("agent").stream().map(TaskStatus::containerInstanceId).distinct())
        .hasSize(4);
    assertThat(world.status("agent").steady()).isTrue();
  }
}
