package dev.berth.scheduler.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.Capabilities;
import dev.berth.contracts.cluster.CapacityEvent;
import dev.berth.contracts.cluster.CapacityEventName;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.service.AvailabilityZoneRebalancing;
import dev.berth.contracts.service.DeploymentController;
import dev.berth.contracts.service.DeploymentControllerType;
import dev.berth.contracts.service.Scale;
import dev.berth.contracts.service.StabilityStatus;
import dev.berth.contracts.service.TaskSetDesired;
import dev.berth.contracts.service.TaskSetStatus;
import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.world.Changed;
import dev.berth.scheduler.domain.world.Samples;
import dev.berth.scheduler.domain.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where tasks are, and what moves them. */
class BalanceStoryTest {
  private static final String ONE_OFF = "0000000000000000000000000000aaaa";
  private static final String OTHER_ONE_OFF = "0000000000000000000000000000bbbb";
  private final World world = new World();

  private Map<String, Long> byInstance(String service) {
    return world.running(service).stream()
        .collect(Collectors.groupingBy(TaskStatus::containerInstanceId, Collectors.counting()));
  }

  private List<CapacityEvent> capacityEvents() {
    return world.decisions().stream()
        .filter(Decision.TellCapacity.class::isInstance)
        .map(d -> ((Decision.TellCapacity) d).event())
        .toList();
  }

  @Test
  void tasksMoveToAZoneThatComesLater() {
    world.addNode("i-1", "a", 4096, 8192);
    world.want(
        Samples.service("web")
            .count(4)
            .set("availabilityZoneRebalancing", AvailabilityZoneRebalancing.ENABLED));
    world.settle().pass(Duration.ofSeconds(15));
    assertThat(byInstance("web")).isEqualTo(Map.of("i-1", 4L));

    world.addNode("i-2", "b", 4096, 8192);
    world.settle().pass(Duration.ofSeconds(60));

    assertThat(byInstance("web")).isEqualTo(Map.of("i-1", 2L, "i-2", 2L));
    assertThat(world.status("web").steady()).isTrue();
    assertThat(world.sentences())
        .contains(
            "(service web) is not AZ balanced with 4 tasks in a. AZ Rebalancing in progress.",
            "(service web) is AZ balanced with 2 tasks in a, 2 tasks in b.");
  }

  @Test
  void withoutRebalancingTasksStayWhereTheyAre() {
    world.addNode("i-1", "a", 4096, 8192);
    world.want(Samples.service("web").count(4));
    world.settle();

    world.addNode("i-2", "b", 4096, 8192);
    world.settle().pass(Duration.ofMinutes(5));

    assertThat(byInstance("web")).isEqualTo(Map.of("i-1", 4L));
  }

  @Test
  void aDaemonGetsItsRoomBeforeTheOthers() {
    world.want(
        Samples.service("agent")
            .daemon()
            .deploy(Samples.definition().taskSize("512", "512").build()));
    world.want(
        Samples.service("web")
            .count(10)
            .deploy(Samples.definition().taskSize("256", "256").build()));

    world.addNode("i-1", "a", 1024, 1024);
    world.settle();

    assertThat(byInstance("agent")).isEqualTo(Map.of("i-1", 1L));
    assertThat(byInstance("web")).isEqualTo(Map.of("i-1", 2L));
  }

  @Test
  void theRoomOfADaemonThatIsExchangedIsKeptForIt() {
    world.addNode("i-1", "a", 1024, 1024);
    Samples.Service agent =
        Samples.service("agent")
            .daemon()
            .deploy(Samples.definition().taskSize("512", "512").build());
    world.want(agent);
    world.settle();
    world.want(
        Samples.service("web")
            .count(10)
            .deploy(Samples.definition().taskSize("256", "256").build()));
    world.settle();

    world.want(agent.deploy(Samples.definition().revision(2).taskSize("512", "512").build()));
    world.settle().pass(Duration.ofSeconds(30));

    assertThat(world.running("agent"))
        .singleElement()
        .satisfies(t -> assertThat(t.deploymentId()).isEqualTo(agent.primary()));
    assertThat(byInstance("web")).isEqualTo(Map.of("i-1", 2L));
  }

  @Test
  void aDaemonLeavesADrainingInstanceLast() {
    world.addNode("i-1", "a", 4096, 4096);
    world.addNode("i-2", "b", 4096, 4096);
    Samples.Service web = Samples.service("web").count(1).placement("binpack", "memory");
    world.want(Samples.service("agent").daemon());
    world.want(web);
    world.settle().pass(Duration.ofSeconds(15));
    String on = world.running("web").getFirst().containerInstanceId();
    world.protect(world.running("web").getFirst().taskId(), world.now().plusSeconds(600));

    world.want(on, InstanceStatusName.DRAINING, false);
    world.settle().pass(Duration.ofSeconds(60));

    assertThat(byInstance("agent")).as("the protected task is there still").containsKey(on);
    world.pass(Duration.ofSeconds(700));
    assertThat(byInstance("web")).doesNotContainKey(on);
    assertThat(byInstance("agent")).doesNotContainKey(on).hasSize(1);
  }

  @Test
  void aProtectedDaemonTaskKeepsItsInstanceUntilItsProtectionEnds() {
    world.addNode("i-1", "a", 1024, 1024);
    Samples.Service agent = Samples.service("agent").daemon();
    world.want(agent);
    world.settle();
    String old = world.running("agent").getFirst().taskId();
    world.protect(old, world.now().plusSeconds(120));

    world.want(agent.deploy(Samples.definition().revision(2).build()));
    world.settle().pass(Duration.ofSeconds(60));

    assertThat(world.running("agent")).extracting(TaskStatus::taskId).containsExactly(old);
    world.pass(Duration.ofMinutes(2));
    assertThat(world.running("agent"))
        .extracting(TaskStatus::deploymentId)
        .containsExactly(agent.primary());
  }

  @Test
  void tasksAreSharedAmongCapacityProvidersAndWaitForTheirOwn() {
    world.addNode("i-1", "a", 4096, 8192);
    world.addNode("i-2", "a", 4096, 8192);
    world.serves("i-1", "steady");
    world.serves("i-2", "cheap");
    Samples.Service web =
        Samples.service("web")
            .count(7)
            .set(
                "capacityProviderStrategy",
                List.of(
                    new CapacityProviderStrategyItem("steady", 1, 2),
                    new CapacityProviderStrategyItem("cheap", 4, null)));
    world.want(web);
    world.settle();
    assertThat(byInstance("web")).isEqualTo(Map.of("i-1", 3L, "i-2", 4L));

    world.want("i-2", InstanceStatusName.DRAINING, false);
    world.settle().pass(Duration.ofSeconds(60));

    assertThat(byInstance("web")).as("no other provider takes over").containsEntry("i-2", 4L);
    assertThat(capacityEvents())
        .anySatisfy(
            e -> {
              assertThat(e.eventName()).isEqualTo(CapacityEventName.CAPACITY_INSUFFICIENT);
              assertThat(e.capacityProviderName()).isEqualTo("cheap");
              assertThat(e.instancesNeeded()).isGreaterThan(e.instances());
            });
  }

  @Test
  void aVerdictTellsTheLaunchTypeOfItsProviderAndTheZoneOfItsInstance() {
    world.addNode("i-1", "a", 4096, 8192);
    world.offers("i-1", Attribute.of("berth.fargate", "true"));
    world.serves("i-1", "own");
    for (String provider : List.of("FARGATE_SPOT", "own")) {
      String task = provider.equals("own") ? OTHER_ONE_OFF : ONE_OFF;
      world.run(
          task,
          Samples.definition().build(),
          Map.of(
              "capacityProviderStrategy",
              List.of(new CapacityProviderStrategyItem(provider, 1, null))));
      world.settle();

      assertThat(world.verdict(task).capacityProviderName()).isEqualTo(provider);
      assertThat(world.verdict(task).launchType())
          .isEqualTo(provider.equals("own") ? "EC2" : "FARGATE");
      assertThat(world.verdict(task).attributes())
          .contains(Attribute.of(Capabilities.AVAILABILITY_ZONE, "a"));
    }
  }

  @Test
  void aTaskWithAPlacementTimeoutWaitsForRoomAndGetsIt() {
    world.run(
        ONE_OFF,
        Samples.definition().build(),
        Map.of("placementTimeoutSeconds", 60, "expiresAt", world.now().plusSeconds(60)));
    world.settle();
    assertThat(world.verdict(ONE_OFF).outcome()).isEqualTo(VerdictOutcome.QUEUED);
    assertThat(world.verdict(ONE_OFF).reasons()).isNotEmpty();

    world.addNode("i-1", "a", 1024, 1024);
    world.settle();

    assertThat(world.verdict(ONE_OFF).outcome()).isEqualTo(VerdictOutcome.PLACED);
    assertThat(capacityEvents())
        .extracting(CapacityEvent::eventName)
        .containsExactly(
            CapacityEventName.CAPACITY_INSUFFICIENT, CapacityEventName.CAPACITY_SUFFICIENT);
  }

  @Test
  void aTaskThatWaitedTooLongIsRefused() {
    world.run(
        ONE_OFF,
        Samples.definition().build(),
        Map.of("placementTimeoutSeconds", 60, "expiresAt", world.now().plusSeconds(60)));

    world.settle().pass(Duration.ofSeconds(70));

    assertThat(world.verdict(ONE_OFF).outcome()).isEqualTo(VerdictOutcome.REFUSED);
    assertThat(world.verdict(ONE_OFF).reasons().getFirst().code()).isEqualTo("EXPIRED");
  }

  @Test
  void scaleInTakesFromTheLeastPackedInstance() {
    world.addNode("i-1", "a", 4096, 8192);
    world.addNode("i-2", "a", 4096, 8192);
    world.want(
        Samples.service("other")
            .count(1)
            .deploy(Samples.definition().taskSize("512", "4096").build())
            .constraints());
    world.settle();
    String packed = world.running("other").getFirst().containerInstanceId();
    Samples.Service web = Samples.service("web").count(4).placement("spread", "instanceId");
    world.want(web);
    world.settle().pass(Duration.ofSeconds(15));

    world.want(web.placement("binpack", "memory").count(2));
    world.settle();

    assertThat(byInstance("web")).isEqualTo(Map.of(packed, 2L));
  }

  /** ECS: task placement constraints, distinctInstance. */
  @Test
  void aTaskThatIsToStopDoesNotKeepAnotherOfItsGroupAway() {
    world.addNode("i-1", "a", 4096, 8192);
    Samples.Service web =
        Samples.service("web")
            .percent(0, 100)
            .constraints(new PlacementConstraint("distinctInstance", null));
    world.want(web);
    world.settle().pass(Duration.ofSeconds(15));

    world.want(web.deploy(Samples.definition().revision(2).build()));
    world.plan();

    assertThat(world.decisions())
        .filteredOn(Decision.PlaceTask.class::isInstance)
        .as("placed while its predecessor still stops")
        .hasSize(2);
  }

  @Test
  void tasksExchangedOneByOneStayBalanced() {
    world.addNode("i-1", "a", 4096, 4096);
    world.addNode("i-2", "b", 4096, 16384);
    world.addNode("i-3", "c", 4096, 4096);
    Samples.Service web = Samples.service("web").count(3).percent(66, 100);
    world.want(web);
    world.settle().pass(Duration.ofSeconds(15));

    world.want(web.deploy(Samples.definition().revision(2).build()));
    world.settle().pass(Duration.ofSeconds(60));

    assertThat(byInstance("web")).isEqualTo(Map.of("i-1", 1L, "i-2", 1L, "i-3", 1L));
    assertThat(world.running("web")).allMatch(t -> t.deploymentId().equals(web.primary()));
  }

  @Test
  void anInstanceKeepsItsTasksForAsLongAsItSays() {
    world.addNode("i-1", "a", 1024, 1024).attribute("berth.keep-tasks-seconds", "600").report();
    world.addNode("i-2", "a", 1024, 1024);
    world.addNode("i-3", "a", 1024, 1024);
    world.want(Samples.service("web").count(3));
    world.settle().pass(Duration.ofSeconds(15));

    world.node("i-1").isolate();
    world.pass(Duration.ofMinutes(5));
    assertThat(world.state().instance("i-1").isLost()).isFalse();
    world.pass(Duration.ofSeconds(400));

    assertThat(world.state().instance("i-1").isLost()).isTrue();
    assertThat(world.status("web").runningCount()).isEqualTo(3);
  }

  private static TaskSetDesired set(String id, double scale, TaskSetStatus status) {
    return new TaskSetDesired(
        id,
        "arn:task-set/" + id,
        status,
        Samples.definition().build(),
        null,
        List.of(),
        "EC2",
        List.of(),
        null,
        new Scale(scale, "PERCENT"),
        id,
        "external",
        List.of(),
        Samples.START,
        Samples.START);
  }

  @Test
  void taskSetsHaveTheirSharesRoundedUpAndGoWhenTheyAreDeleted() {
    world.addNode("i-1", "a", 4096, 8192);
    Samples.Service web =
        Samples.service("web")
            .count(5)
            .set("deployments", List.of())
            .set(
                "deploymentController", new DeploymentController(DeploymentControllerType.EXTERNAL))
            .set(
                "taskSets",
                List.of(
                    set("ecs-svc/1", 100, TaskSetStatus.PRIMARY),
                    set("ecs-svc/2", 30, TaskSetStatus.ACTIVE)));
    world.want(web);
    world.settle();

    assertThat(world.status("web").taskSets())
        .satisfiesExactly(
            first -> assertThat(first.runningCount()).isEqualTo(5),
            second -> {
              assertThat(second.computedDesiredCount()).isEqualTo(2);
              assertThat(second.runningCount()).isEqualTo(2);
              assertThat(second.stabilityStatus()).isEqualTo(StabilityStatus.STEADY_STATE);
            });

    world.want(
        web.set(
            "taskSets",
            List.of(
                set("ecs-svc/1", 100, TaskSetStatus.DRAINING),
                set("ecs-svc/2", 100, TaskSetStatus.PRIMARY))));
    world.settle();

    assertThat(world.running("web"))
        .hasSize(5)
        .allMatch(task -> task.deploymentId().equals("ecs-svc/2"));
    assertThat(world.status("web").taskSets()).hasSize(1);
  }

  @Test
  void aTaskSetWhoseTasksFailTheirHealthChecksIsThrottled() {
    world.addNode("i-1", "a", 4096, 8192);
    world.want(
        Samples.service("web")
            .count(1)
            .set("deployments", List.of())
            .set(
                "deploymentController", new DeploymentController(DeploymentControllerType.EXTERNAL))
            .set(
                "taskSets",
                List.of(
                    Changed.of(
                        set("ecs-svc/1", 100, TaskSetStatus.PRIMARY),
                        Map.of("taskDefinition", Samples.checked().build())))));
    world.settle();

    for (int second = 0; second < 60; second++) {
      for (TaskStatus task : world.running("web")) {
        world.node("i-1").health(task.taskId(), HealthStatus.UNHEALTHY);
      }
      world.settle().pass(Duration.ofSeconds(1));
    }

    assertThat(world.sentences()).anyMatch(s -> s.contains("failed container health checks."));
    assertThat(world.decisions())
        .filteredOn(Decision.PlaceTask.class::isInstance)
        .as("the delay grows: 1 s, 2 s, 4 s and so on")
        .hasSizeBetween(5, 10);
  }

  @Test
  void sharesAreRoundedUpInDecimals() {
    assertThat(TaskSetPlan.computedDesiredCount(set("ecs-svc/1", 1.1, TaskSetStatus.ACTIVE), 3_000))
        .isEqualTo(33);
    assertThat(TaskSetPlan.computedDesiredCount(set("ecs-svc/1", 0.1, TaskSetStatus.ACTIVE), 5))
        .isEqualTo(1);
  }
}
