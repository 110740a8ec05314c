package dev.berth.scheduler.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.Topic;
import dev.berth.contracts.service.CircuitBreakerStatus;
import dev.berth.contracts.service.ContainerImage;
import dev.berth.contracts.service.DeploymentCircuitBreaker;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.RolloutState;
import dev.berth.contracts.service.StopDeployment;
import dev.berth.contracts.service.StopType;
import dev.berth.contracts.task.ContainerState;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.world.Changed;
import dev.berth.scheduler.domain.world.Samples;
import dev.berth.scheduler.domain.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deployments that go wrong, are stopped, or go back. */
class RolloutStoryTest {
  private final World world = new World();

  private Samples.Service completedService(boolean rollback) {
    return completedService(4, rollback);
  }

  private Samples.Service completedService(int count, boolean rollback) {
    world.addNode("i-1", "a", 4096, 8192);
    world.addNode("i-2", "b", 4096, 8192);
    Samples.Service web =
        Samples.service("web")
            .count(count)
            .set(
                "deploymentConfiguration",
                new DeploymentConfiguration(
                    100,
                    200,
                    new DeploymentCircuitBreaker(true, rollback, null, null),
                    null,
                    null,
                    null));
    world.want(web);
    world.settle().pass(Duration.ofSeconds(15));
    return web;
  }

  /** Each task of these deployments dies as soon as it runs, until it gets no more. */
  private void crash(String... deploymentIds) {
    for (int i = 0; i < 40; i++) {
      world.pass(Duration.ofSeconds(5));
      for (TaskStatus task : world.running("web")) {
        if (List.of(deploymentIds).contains(task.deploymentId())) {
          world
              .node(task.containerInstanceId())
              .ends(task.taskId(), StopCode.EssentialContainerExited, "exited");
        }
      }
      world.settle();
    }
  }

  private DeploymentState deployment(String id) {
    return world.status("web").deployments().stream()
        .filter(d -> d.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCrashLoopingRevisionIsRolledBackToTheLastCompletedOne() {
    Samples.Service web = completedService(true);
    String good = web.primary();
    String bad = web.deploy(Samples.definition().revision(2).build()).primary();
    world.want(web);
    world.plan();
    assertThat(deployment(good)).as("the target of a rollback stays listed").isNotNull();

    crash(bad);

    assertThat(world.status("web").rollback())
        .satisfies(r -> assertThat(r.fromDeploymentId()).isEqualTo(bad))
        .satisfies(r -> assertThat(r.toDeploymentId()).isEqualTo(good))
        .satisfies(r -> assertThat(r.reason()).contains("circuit breaker"));
    assertThat(world.running("web")).hasSize(4).allMatch(t -> good.equals(t.deploymentId()));
    assertThat(deployment(good).rolloutState()).isEqualTo(RolloutState.COMPLETED);
    assertThat(world.sentences())
        .contains(
            "(service web) (deployment %s) deployment failed: tasks failed to start."
                .formatted(bad),
            "(service web) rolling back to deployment %s.".formatted(good));

    world.want(web.rolledBackTo(good));
    world.settle();

    assertThat(world.running("web")).hasSize(4).allMatch(t -> good.equals(t.deploymentId()));
    assertThat(world.status("web").steady()).isTrue();
    assertThat(world.status("web").rollback()).as("until the next deployment").isNotNull();
  }

  @Test
  void aRollbackIsRememberedByTheNextLeader() {
    Samples.Service web = completedService(true);
    String good = web.primary();
    String bad = web.deploy(Samples.definition().revision(2).build()).primary();
    world.want(web);
    crash(bad);

    world.changeLeader();
    world.settle().pass(Duration.ofSeconds(60));

    assertThat(world.running("web")).hasSize(4).allMatch(t -> good.equals(t.deploymentId()));
    assertThat(world.status("web").rollback().fromDeploymentId()).isEqualTo(bad);
  }

  @Test
  void aRollbackThatFailsIsGivenUpAndTheNextDeploymentBeginsAnew() {
    world.addNode("i-1", "a", 4096, 8192);
    Samples.Service web =
        Samples.service("web")
            .count(4)
            .set(
                "deploymentConfiguration",
                new DeploymentConfiguration(
                    0,
                    100,
                    new DeploymentCircuitBreaker(true, true, null, null),
                    null,
                    null,
                    null));
    world.want(web);
    world.settle().pass(Duration.ofSeconds(15));
    String good = web.primary();
    String bad = web.deploy(Samples.definition().revision(2).build()).primary();
    world.want(web);

    crash(bad, good);

    assertThat(world.status("web").rollback().toDeploymentId()).isEqualTo(good);
    assertThat(deployment(good).rolloutState()).isEqualTo(RolloutState.FAILED);
    long placed = placedOf(good) + placedOf(bad);
    world.pass(Duration.ofHours(1));
    assertThat(placedOf(good) + placedOf(bad)).isEqualTo(placed);
    assertThat(world.status("web").steady()).isFalse();

    String next = web.deploy(Samples.definition().revision(3).build()).primary();
    world.want(web);
    world.settle().pass(Duration.ofSeconds(30));
    assertThat(world.running("web")).hasSize(4).allMatch(t -> next.equals(t.deploymentId()));
    assertThat(deployment(next).rolloutState()).isEqualTo(RolloutState.COMPLETED);
  }

  @Test
  void withoutRollbackAFailedDeploymentStartsNoMoreTasks() {
    Samples.Service web = completedService(false);
    String good = web.primary();
    String bad = web.deploy(Samples.definition().revision(2).build()).primary();
    world.want(web);

    crash(bad);

    assertThat(deployment(bad).rolloutState()).isEqualTo(RolloutState.FAILED);
    assertThat(deployment(bad).circuitBreaker())
        .satisfies(c -> assertThat(c.status()).isEqualTo(CircuitBreakerStatus.TRIGGERED))
        .satisfies(c -> assertThat(c.threshold()).isEqualTo(3))
        .satisfies(c -> assertThat(c.failureCount()).isGreaterThanOrEqualTo(3));
    long placed = placedOf(bad);
    world.pass(Duration.ofHours(1));
    assertThat(placedOf(bad)).isEqualTo(placed);
    assertThat(world.running("web")).hasSize(4).allMatch(t -> good.equals(t.deploymentId()));
    assertThat(world.status("web").rollback()).isNull();
  }

  @Test
  void theTasksOfAFailedDeploymentThatServeWhileOthersAreMissingGoOn() {
    Samples.Service web = completedService(10, false);
    String good = web.primary();
    String bad = web.deploy(Samples.definition().revision(2).build()).primary();
    world.want(web);
    world.settle();
    assertThat(of(good)).hasSize(10);
    assertThat(of(bad)).hasSize(10);

    // New ones that run haven't proved themselves yet when old ones end and the deployment fails.
    of(good).subList(0, 6).forEach(this::ends);
    of(bad).subList(0, 4).forEach(this::ends);
    world.plan();
    ends(of(bad).getFirst());
    world.plan();

    assertThat(deployment(bad).rolloutState()).isEqualTo(RolloutState.FAILED);
    assertThat(of(good)).hasSize(4);
    assertThat(of(bad)).hasSize(5).noneMatch(this::isToldToStop);
  }

  private List<TaskStatus> of(String deploymentId) {
    return world.running("web").stream()
        .filter(task -> task.deploymentId().equals(deploymentId))
        .toList();
  }

  private void ends(TaskStatus task) {
    world
        .node(task.containerInstanceId())
        .ends(task.taskId(), StopCode.EssentialContainerExited, "exited");
  }

  private boolean isToldToStop(TaskStatus task) {
    return world.log(Topic.TASK_ASSIGNED).get(task.taskId()) instanceof TaskAssigned order
        && order.desiredStatus() == TaskLifecycle.STOPPED;
  }

  private long placedOf(String deploymentId) {
    return world.decisions().stream()
        .filter(
            d ->
                d instanceof Decision.PlaceTask p
                    && deploymentId.equals(p.assignment().deploymentId()))
        .count();
  }

  @Test
  void aSecondUpdateDuringTheFirstTakesOverAndGoesBackPastIt() {
    Samples.Service web = completedService(true);
    String good = web.primary();
    web.deploy(Samples.definition().revision(2).build());
    world.want(web);
    world.plan();
    String third = web.deploy(Samples.definition().revision(3).build()).primary();
    world.want(web);

    crash(third);

    assertThat(world.status("web").rollback().toDeploymentId()).isEqualTo(good);
    assertThat(world.running("web")).hasSize(4).allMatch(t -> good.equals(t.deploymentId()));
  }

  @Test
  void aStoppedDeploymentGoesBackOnRequest() {
    Samples.Service web = completedService(false).percent(100, 125);
    String good = web.primary();
    String next = web.deploy(Samples.checked().revision(2).build()).primary();
    world.want(web);
    world.plan();

    world.want(web.set("stopDeployment", new StopDeployment(next, StopType.ROLLBACK, world.now())));
    world.settle().pass(Duration.ofSeconds(30));

    assertThat(world.status("web").rollback().toDeploymentId()).isEqualTo(good);
    assertThat(world.running("web")).hasSize(4).allMatch(t -> good.equals(t.deploymentId()));
  }

  @Test
  void anAbortedDeploymentStaysAsItStands() {
    Samples.Service web = completedService(false);
    String next = web.deploy(Samples.checked().revision(2).build()).primary();
    world.want(web);
    world.plan();

    world.want(web.set("stopDeployment", new StopDeployment(next, StopType.ABORT, world.now())));
    world.settle().pass(Duration.ofMinutes(5));

    assertThat(deployment(next).rolloutState()).isEqualTo(RolloutState.FAILED);
    assertThat(deployment(next).stoppedAt()).isNotNull();
    assertThat(world.status("web").rollback()).isNull();
  }

  /** It is healthy for a moment, each time, and still gets fewer and fewer chances. */
  @Test
  void aTaskThatAnswersItsHealthChecksAndThenCrashesIsThrottled() {
    world.addNode("i-1", "a", 4096, 8192);
    Samples.Service web = Samples.service("web").count(2).balanced();
    world.want(web);

    for (int i = 0; i < 120; i++) {
      world.settle();
      for (TaskStatus task : world.running("web")) {
        world
            .node(task.containerInstanceId())
            .ends(task.taskId(), StopCode.EssentialContainerExited, "exited");
      }
      world.pass(Duration.ofSeconds(1));
    }

    assertThat(placedOf(web.primary())).isBetween(6L, 30L);
    assertThat(world.sentences())
        .anyMatch(s -> s.contains("is unable to consistently start tasks successfully."));
  }

  @Test
  void theFirstDigestHoldsForTheWholeDeployment() {
    Samples.Service web = completedService(false);
    TaskStatus first = world.running("web").getFirst();
    ContainerState container = first.containers().getFirst();
    world.publish(
        Changed.of(
            first,
            Map.of(
                "version",
                first.version() + 1,
                "containers",
                List.of(Changed.of(container, Map.of("imageDigest", "sha256:1"))))));

    world.want(web.count(5));
    world.settle();

    ContainerImage pinned = new ContainerImage("app", container.image(), "sha256:1");
    assertThat(deployment(web.primary()).containerImages()).containsExactly(pinned);
    assertThat(world.log(Topic.TASK_ASSIGNED).values())
        .filteredOn(o -> !((TaskAssigned) o).containerImages().isEmpty())
        .singleElement()
        .satisfies(o -> assertThat(((TaskAssigned) o).containerImages()).containsExactly(pinned));
  }

  @Test
  void aTaskIsActivatingUntilItsTargetsAreRegisteredAndDeactivatingWhileTheyDrain() {
    world.addNode("i-1", "a", 4096, 8192);
    Samples.Service web = Samples.service("web").count(1).balanced();
    world.want(web);
    world.plan();
    assertThat(verdicts()).allMatch(v -> v.schedulerStatus() == TaskLifecycle.ACTIVATING);

    world.settle();
    assertThat(verdicts()).allMatch(v -> v.schedulerStatus() == TaskLifecycle.RUNNING);

    world.want(web.count(0));
    world.plan();
    assertThat(verdicts()).allMatch(v -> v.schedulerStatus() == TaskLifecycle.DEACTIVATING);
  }

  private List<TaskVerdict> verdicts() {
    List<TaskVerdict> verdicts =
        world.log(Topic.TASK_VERDICT).values().stream().map(TaskVerdict.class::cast).toList();
    assertThat(verdicts).isNotEmpty();
    return verdicts;
  }
}
