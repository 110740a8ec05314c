package dev.berth.scheduler.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.task.RefusalReason;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.world.FakeNode;
import dev.berth.scheduler.domain.world.Samples;
import dev.berth.scheduler.domain.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One task's life, told from outside. */
class TaskStoryTest {
  private static final String TASK = "0000000000000000000000000000aaaa";

  private final World world = new World();
  private final FakeNode node = world.addNode("i-1", "a", 1000, 1000);

  private void run() {
    world.run(TASK, Samples.definition().family("job").build());
    world.settle();
  }

  private List<Decision> decidedSince(int before) {
    return world.decisions().subList(before, world.decisions().size());
  }

  @Test
  void aOneOffTaskRunsEndsAndIsNotRunAgain() {
    run();
    assertThat(world.verdict(TASK).outcome()).isEqualTo(VerdictOutcome.PLACED);
    assertThat(node.tasks().get(TASK).lastStatus()).isEqualTo(TaskLifecycle.RUNNING);

    node.ends(TASK, StopCode.EssentialContainerExited, "Essential container in task exited");
    world.settle();
    world.changeLeader();
    world.settle().pass(Duration.ofSeconds(30));

    TaskVerdict end = world.verdict(TASK);
    assertThat(end.outcome()).isEqualTo(VerdictOutcome.PLACED);
    assertThat(end.desiredStatus()).isEqualTo(TaskLifecycle.STOPPED);
    assertThat(end.stopCode()).isEqualTo(StopCode.EssentialContainerExited);
    assertThat(world.decisions()).filteredOn(d -> d instanceof Decision.PlaceTask).hasSize(1);
    assertThat(world.log(Topic.TASK_ASSIGNED)).isEmpty();

    world.tombstone(Topic.TASK_DESIRED, TASK);
    world.settle();
    assertThat(world.log(Topic.TASK_ASSIGNMENT)).isEmpty();
    assertThat(world.log(Topic.TASK_VERDICT)).isEmpty();
  }

  @Test
  void aRefusedTaskStaysRefusedWhateverRoomThereIsLaterAndWhoeverLeads() {
    world.run(TASK, Samples.definition().taskSize("5000", "10").build());
    world.settle();
    world.addNode("i-2", "a", 9000, 9000);
    world.settle();
    world.changeLeader();
    world.settle();

    assertThat(world.verdict(TASK).outcome()).isEqualTo(VerdictOutcome.REFUSED);
    assertThat(world.decisions()).noneMatch(d -> d instanceof Decision.PlaceTask);
    assertThat(world.decisions()).filteredOn(d -> d instanceof Decision.RefuseTask).hasSize(1);
  }

  @Test
  void anExpiredRequestIsNotPlaced() {
    world.run(TASK, Samples.definition().build());
    world.silence(Duration.ofSeconds(10));
    node.beat();
    world.settle();

    assertThat(world.verdict(TASK).reasons())
        .extracting(RefusalReason::code)
        .containsExactly("EXPIRED");
  }

  @Test
  void startTaskGoesToTheNamedInstance() {
    world.addNode("i-2", "a", 9000, 9000);
    world.run(TASK, Samples.definition().build(), "i-1");
    world.settle();

    assertThat(world.verdict(TASK).containerInstanceId()).isEqualTo("i-1");
  }

  @Test
  void aStopRequestStopsWithTheUsersWords() {
    run();
    world.stop(TASK);
    world.settle();

    assertThat(node.tasks()).isEmpty();
    assertThat(world.verdict(TASK).stopCode()).isEqualTo(StopCode.UserInitiated);
    assertThat(world.verdict(TASK).stoppedReason()).isEqualTo("enough");
  }

  @Test
  void aTaskStoppedBeforeItWasPlacedIsNeverPlaced() {
    world.want("i-1", InstanceStatusName.DRAINING, false);
    world.run(TASK, Samples.definition().build());
    world.stop(TASK);
    world.settle();
    world.want("i-1", InstanceStatusName.ACTIVE, false);
    world.settle();

    assertThat(world.verdict(TASK).outcome()).isEqualTo(VerdictOutcome.REFUSED);
    assertThat(world.verdict(TASK).stopCode()).isEqualTo(StopCode.UserInitiated);
    assertThat(world.decisions()).noneMatch(d -> d instanceof Decision.PlaceTask);
  }

  @Test
  void aServicesTaskThatUsersStopIsReplaced() {
    world.want(Samples.service("web"));
    world.settle().pass(Duration.ofSeconds(15));
    String taskId = world.running("web").getFirst().taskId();

    world.stop(taskId);
    world.settle();

    assertThat(world.running("web")).hasSize(1).noneMatch(t -> t.taskId().equals(taskId));
    assertThat(world.status("web").deployments().getFirst().failedTasks()).isZero();
  }

  @Test
  void aTaskOfAnUnknownServiceIsLeftAloneUntilItsStopIsAskedFor() {
    world.want(Samples.service("web"));
    world.settle();
    TaskStatus orphan = world.running("web").getFirst();
    World other = new World(2);
    FakeNode there = other.addNode("i-1", "a", 1000, 1000);
    there.tasks().put(orphan.taskId(), orphan);
    there.reportAll();
    other.settle();
    assertThat(other.decisions()).isEmpty();

    other.stop(orphan.taskId());
    other.settle();

    assertThat(there.tasks()).isEmpty();
    assertThat(other.decisions()).anyMatch(d -> d instanceof Decision.StopTask);
  }

  @Test
  void aTaskOfAServiceMadeAnewUnderItsNameIsStopped() {
    world.want(Samples.service("web"));
    world.settle();
    String old = world.running("web").getFirst().taskId();

    world.want(Samples.service("web").id("another-id"));
    world.settle();

    assertThat(world.running("web")).hasSize(1).noneMatch(t -> t.taskId().equals(old));
  }

  @Test
  void protectedTasksSurviveScaleInUntilTheirTimeIsOver() {
    Samples.Service web = Samples.service("web").count(2);
    world.want(web);
    world.settle();
    for (TaskStatus task : world.running("web")) {
      world.protect(task.taskId(), world.now().plusSeconds(60));
    }
    world.want(web.count(0));
    world.pass(Duration.ofSeconds(50));
    assertThat(world.running("web")).hasSize(2);

    world.pass(Duration.ofSeconds(15));

    assertThat(world.running("web")).isEmpty();
  }

  @Test
  void aDeadLoadBalancerDelaysAStopButDoesNotPreventIt() {
    Samples.Service web = Samples.service("web").balanced();
    world.want(web);
    world.settle();
    world.balancer().dies();

    world.want(web.count(0));
    world.pass(Duration.ofSeconds(305));
    assertThat(world.running("web")).hasSize(1);
    world.pass(Duration.ofSeconds(10));

    assertThat(world.running("web")).isEmpty();
    assertThat(world.log(Topic.TARGET_DESIRED)).isEmpty();
  }

  @Test
  void theGracePeriodKeepsAnUnhealthyTask() {
    Samples.Service web = Samples.service("web").balanced().grace(60);
    world.want(web);
    world.plan();
    world.balancer().breaks(world.state().service("web").tasks().iterator().next().taskId());
    world.pass(Duration.ofSeconds(55));
    assertThat(world.decisions()).noneMatch(d -> d instanceof Decision.RetireTask);

    world.pass(Duration.ofSeconds(10));

    assertThat(world.decisions()).anyMatch(d -> d instanceof Decision.RetireTask);
  }

  @Test
  void aForcedDeregistrationGivesItsTasksUpAtOnce() {
    world.addNode("i-2", "a", 1000, 1000);
    world.want(Samples.service("web").count(2));
    world.settle();
    node.isolate();

    world.want("i-1", InstanceStatusName.INACTIVE, true);
    world.settle();

    assertThat(world.statuses(t -> t.containerInstanceId().equals("i-2"))).hasSize(2);
    int before = world.decisions().size();
    world.tombstone(Topic.CONTAINER_INSTANCE_DESIRED, "i-1");
    world.tombstone(Topic.CONTAINER_INSTANCE_STATUS, "i-1");
    world.settle();
    assertThat(decidedSince(before)).anyMatch(d -> d instanceof Decision.ForgetTask);
    assertThat(world.log(Topic.TASK_ASSIGNMENT)).hasSize(2);
  }

  @Test
  void aRebootedMachinesLostTasksAreForgotten() {
    world.addNode("i-2", "a", 1000, 1000);
    world.want(Samples.service("web").count(2));
    world.settle();
    node.isolate();
    world.pass(Duration.ofSeconds(35));
    assertThat(world.log(Topic.TASK_ASSIGNMENT)).hasSize(3);

    node.reboot();
    world.settle();

    assertThat(world.log(Topic.TASK_ASSIGNMENT)).hasSize(2);
    assertThat(world.state().instance("i-1").freeCpu()).isEqualTo(1000);
  }

  @Test
  void aDeletedServiceEndsThoughAHostFellSilentAndTheHostStopsItsTaskWhenItIsBack() {
    world.addNode("i-2", "a", 1000, 1000);
    world.addNode("i-3", "a", 1000, 1000);
    Samples.Service web = Samples.service("web").count(3).balanced();
    world.want(web);
    world.settle();
    String stranded = node.tasks().keySet().iterator().next();
    node.isolate();
    world.want(web.count(0).status(ServiceStatusName.DRAINING));
    world.pass(Duration.ofSeconds(20));
    assertThat(world.status("web").status()).isEqualTo(ServiceStatusName.DRAINING);

    world.pass(Duration.ofSeconds(15));

    assertThat(world.status("web").status()).isEqualTo(ServiceStatusName.INACTIVE);
    assertThat(world.verdict(stranded).outcome()).isEqualTo(VerdictOutcome.LOST);
    world.changeLeader();
    world.settle();
    assertThat(world.status("web").status()).isEqualTo(ServiceStatusName.INACTIVE);
    assertThat(node.tasks().get(stranded).lastStatus()).isEqualTo(TaskLifecycle.RUNNING);

    world.tombstone(Topic.SERVICE_DESIRED, "web");
    world.settle();
    node.comeBack();
    world.settle();

    assertThat(node.tasks()).isEmpty();
    assertThat(world.log(Topic.TASK_ASSIGNMENT)).isEmpty();
    assertThat(world.log(Topic.SERVICE_STATUS)).isEmpty();
  }

  @Test
  void theTasksOfALostMachineAreForgottenOnceItIsDeregistered() {
    world.addNode("i-2", "a", 1000, 1000);
    world.addNode("i-3", "a", 1000, 1000);
    Samples.Service web = Samples.service("web").count(3).balanced();
    world.want(web);
    world.settle();
    String stranded = node.tasks().keySet().iterator().next();
    node.isolate();
    world.pass(Duration.ofSeconds(35));
    assertThat(world.log(Topic.TASK_ASSIGNMENT)).containsKey(stranded).hasSize(4);

    world.want("i-1", InstanceStatusName.INACTIVE, true);
    world.pass(Duration.ofSeconds(20));

    assertThat(world.log(Topic.TASK_ASSIGNMENT)).doesNotContainKey(stranded).hasSize(3);
    assertThat(world.log(Topic.TASK_ASSIGNED)).doesNotContainKey(stranded);
    assertThat(world.log(Topic.TARGET_DESIRED)).hasSize(3);
    assertThat(world.verdict(stranded).outcome()).isEqualTo(VerdictOutcome.LOST);
    int before = world.decisions().size();
    world.changeLeader();
    world.pass(Duration.ofSeconds(60));
    assertThat(decidedSince(before)).noneMatch(d -> d instanceof Decision.AdoptTask);

    world.want(web.count(0).status(ServiceStatusName.DRAINING));
    world.settle();
    assertThat(world.status("web").status()).isEqualTo(ServiceStatusName.INACTIVE);
    assertThat(world.log(Topic.TASK_ASSIGNMENT)).isEmpty();

    node.comeBack();
    world.pass(Duration.ofSeconds(20));
    assertThat(node.tasks()).isEmpty();
    assertThat(world.log(Topic.TASK_ASSIGNMENT)).isEmpty();
  }

  @Test
  void theLastMachineOfAClusterIsGivenUpOnceItIsDeregistered() {
    Samples.Service web = Samples.service("web").count(1);
    world.want(web);
    world.settle();
    node.isolate();
    world.want(web.count(0).status(ServiceStatusName.DRAINING));
    world.pass(Duration.ofSeconds(60));
    assertThat(world.status("web").status()).isEqualTo(ServiceStatusName.DRAINING);

    world.want("i-1", InstanceStatusName.INACTIVE, true);
    world.changeLeader();
    node.isolate();
    world.pass(Duration.ofSeconds(60));

    assertThat(world.status("web").status()).isEqualTo(ServiceStatusName.INACTIVE);
    assertThat(world.log(Topic.TASK_ASSIGNMENT)).isEmpty();
  }

  @Test
  void aTaskWhoseStopIsHeardLongAfterItExpiredIsRefusedAndNotForgotten() {
    world.run(TASK, Samples.definition().build());
    world.silence(Duration.ofMinutes(5));
    node.beat();
    world.stop(TASK);
    world.settle();

    assertThat(world.verdict(TASK).outcome()).isEqualTo(VerdictOutcome.REFUSED);
    assertThat(world.verdict(TASK).stopCode()).isEqualTo(StopCode.UserInitiated);
    world.changeLeader();
    world.settle();
    assertThat(world.decisions()).filteredOn(d -> d instanceof Decision.RefuseTask).hasSize(1);
  }

  @Test
  void aTaskWhoseStopIsHeardAfterAnEmptiedLogIsRefusedOnlyOnceAllIsAccountedFor() {
    world.run(TASK, Samples.definition().build());
    world.stop(TASK);
    world.tick(Duration.ofMinutes(5));
    world.emptyLog(
        () -> {
          world.settle();
          assertThat(world.verdict(TASK)).isNull();
        });
    world.pass(Duration.ofSeconds(60));

    assertThat(world.verdict(TASK).outcome()).isEqualTo(VerdictOutcome.REFUSED);
  }

  @Test
  void aTaskThatRanIsNotRunAgainAfterAnEmptiedLogThoughItsRequestWouldStillWait() {
    world.run(
        TASK,
        Samples.definition().build(),
        Map.of("placementTimeoutSeconds", 600, "expiresAt", world.now().plusSeconds(600)));
    world.settle();
    node.ends(TASK, StopCode.EssentialContainerExited, "done");

    world.emptyLog(() -> {});
    world.settle().pass(Duration.ofSeconds(30));
    world.tombstone(Topic.TASK_STATUS, TASK);
    world.settle().pass(Duration.ofSeconds(30));

    assertThat(world.decisions())
        .filteredOn(d -> d instanceof Decision.PlaceTask p && p.assignment().taskId().equals(TASK))
        .hasSize(1);
  }
}
