package dev.berth.scheduler.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.Plan;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.TaskState;
import dev.berth.scheduler.domain.world.FakeNode;
import dev.berth.scheduler.domain.world.Samples;
import dev.berth.scheduler.domain.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens, in any order: no instance holds more than it has, no service starts more than
 * its maximum or is brought below its minimum by us, no task id is placed twice, and once things
 * calm down the cluster is what users want. A failure names its seed.
 */
class ConvergencePropertyTest {
  private static final int STEPS = 400;

  private World world;
  private Random random;
  private final Map<String, Samples.Service> services = new HashMap<>();
  private final Set<String> placed = new HashSet<>();
  private final Set<String> retired = new HashSet<>();
  private final List<Object> late = new ArrayList<>();
  private int nextNode;
  private int nextRun;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whateverHappensTheClusterBecomesWhatUsersWant(long seed) {
    world = new World(seed);
    random = new Random(seed);
    try {
      for (int i = 0; i < 4; i++) {
        addNode();
      }
      for (String name : List.of("web", "db", "job")) {
        services.put(name, newService(name));
        world.want(services.get(name));
      }
      for (int step = 0; step < STEPS; step++) {
        something();
        plan();
      }
      calmDown();
      services.values().forEach(this::checkConverged);
      assertThat(world.plan().decisions()).as("nothing is left to do").isEmpty();
      world.state().lookAtEverything();
      assertThat(world.plan().decisions()).as("a full look finds nothing either").isEmpty();
    } catch (AssertionError | RuntimeException e) {
      fail("Seed " + seed + ": " + e.getMessage(), e);
    }
  }

  private Samples.Service newService(String name) {
    Samples.Service service = Samples.service(name).count(1 + random.nextInt(4));
    int[][] percents = {{100, 200}, {50, 200}, {50, 100}, {0, 100}, {75, 150}, {100, 150}};
    int[] percent = percents[random.nextInt(percents.length)];
    service.percent(percent[0], percent[1]);
    if (random.nextBoolean()) {
      service.balanced();
    }
    return service.deploy(definition(1));
  }

  private TaskDefinition definition(int revision) {
    Samples.Definition definition = random.nextBoolean() ? Samples.checked() : Samples.definition();
    return definition.revision(revision).build();
  }

  private void addNode() {
    nextNode++;
    world.addNode("i-" + nextNode, "zone-" + (nextNode % 3), 1024, 2048);
  }

  private void something() {
    switch (random.nextInt(20)) {
      case 0 -> scale();
      case 1 -> deploy();
      case 2 -> oneTask(this::dies);
      case 3 -> oneTask(this::sickens);
      case 4 -> world.tick(Duration.ofSeconds(1 + random.nextInt(40)));
      case 5 -> isolateOrBack();
      case 6 -> drainOrActivate();
      case 7 -> changeLeader();
      case 8 -> repeatSomethingOld();
      case 9 -> runOneOff();
      case 10 -> oneTask((node, task) -> world.stop(task.taskId()));
      case 11 -> world.state().lookAtEverything();
      case 12, 13 -> world.balancer().step();
      default -> randomNode().step();
    }
  }

  private Samples.Service randomService() {
    return services.values().stream().toList().get(random.nextInt(services.size()));
  }

  private FakeNode randomNode() {
    return world.nodes().get(random.nextInt(world.nodes().size()));
  }

  private void scale() {
    world.want(randomService().count(random.nextInt(6)));
  }

  private void deploy() {
    world.want(randomService().deploy(definition(2 + random.nextInt(100))));
  }

  private interface Happening {
    void to(FakeNode node, TaskStatus task);
  }

  private void oneTask(Happening happening) {
    FakeNode node = randomNode();
    List<TaskStatus> tasks =
        node.tasks().values().stream()
            .filter(t -> t.lastStatus() != TaskLifecycle.STOPPED)
            .toList();
    if (node.isUp() && !tasks.isEmpty()) {
      TaskStatus task = tasks.get(random.nextInt(tasks.size()));
      late.add(task);
      happening.to(node, task);
    }
  }

  private void dies(FakeNode node, TaskStatus task) {
    node.ends(
        task.taskId(), StopCode.EssentialContainerExited, "Essential container in task exited");
  }

  private void sickens(FakeNode node, TaskStatus task) {
    if (task.lastStatus() == TaskLifecycle.RUNNING) {
      node.health(task.taskId(), HealthStatus.UNHEALTHY);
    }
  }

  private void isolateOrBack() {
    FakeNode node = randomNode();
    if (node.isUp()) {
      node.isolate();
    } else if (random.nextBoolean()) {
      node.comeBack();
    } else {
      node.reboot();
    }
  }

  private void drainOrActivate() {
    world.want(
        randomNode().id(),
        random.nextInt(3) == 0 ? InstanceStatusName.DRAINING : InstanceStatusName.ACTIVE,
        false);
  }

  private void changeLeader() {
    late.clear(); // what is read again after a take-over is what the log still holds
    world.changeLeader();
  }

  private void repeatSomethingOld() {
    if (!late.isEmpty()) {
      world.fold(late.get(random.nextInt(late.size())));
    }
    world.log(Topic.SERVICE_DESIRED).values().forEach(world::fold);
    world.log(Topic.TASK_STATUS).values().forEach(world::fold);
  }

  private void runOneOff() {
    nextRun++;
    world.run("%032x".formatted(0xabcd0000L + nextRun), Samples.definition().family("one").build());
  }

  /** Plans, and holds each decision against what was so before it. */
  private void plan() {
    Map<String, Integer> healthy = new HashMap<>();
    Set<String> wasHealthy = new HashSet<>();
    for (ServiceState service : world.state().services()) {
      for (TaskState task : service.tasks()) {
        if (task.isLive()
            && service.desired() != null
            && Health.of(service, task, world.now()).isHealthy()) {
          wasHealthy.add(task.taskId());
          healthy.merge(service.name(), 1, Integer::sum);
        }
      }
    }
    Plan plan = world.plan();
    for (Decision decision : plan.decisions()) {
      switch (decision) {
        case Decision.PlaceTask d -> {
          assertThat(placed.add(d.assignment().taskId()))
              .as("%s placed once", d.assignment().taskId())
              .isTrue();
          checkMaximum(d.assignment().serviceName());
        }
        case Decision.RegisterTarget d ->
            assertThat(retired).doesNotContain(d.assignment().taskId());
        case Decision.AdoptTask d -> assertThat(retired).doesNotContain(d.assignment().taskId());
        case Decision.LoseTask d -> {
          retired.add(d.assignment().taskId());
          leaves(d.assignment(), healthy, wasHealthy);
        }
        case Decision.RetireTask d -> {
          retired.add(d.assignment().taskId());
          boolean byUs = d.assignment().stopCode() == StopCode.ServiceSchedulerInitiated;
          if (leaves(d.assignment(), healthy, wasHealthy) && byUs) {
            String service = d.assignment().serviceName();
            assertThat(healthy.get(service))
                .as("%s stays at its minimum", service)
                .isGreaterThanOrEqualTo(limits(service).minHealthy());
          }
        }
        default -> {
          // changes no counts
        }
      }
    }
    for (InstanceState instance : world.state().instances()) {
      assertThat(instance.freeCpu()).as("CPU of %s", instance.id()).isNotNegative();
      assertThat(instance.freeMemory()).as("memory of %s", instance.id()).isNotNegative();
    }
    assertThat(world.plan().decisions()).as("a second plan is empty").isEmpty();
  }

  private void checkMaximum(String service) {
    if (service != null) {
      long live = world.state().service(service).tasks().stream().filter(TaskState::isLive).count();
      assertThat((int) live)
          .as("%s starts within its maximum", service)
          .isLessThanOrEqualTo(limits(service).maxLive());
    }
  }

  /** A task leaves its service; tells whether it was healthy. */
  private static boolean leaves(
      TaskAssignment task, Map<String, Integer> healthy, Set<String> wasHealthy) {
    boolean well = wasHealthy.contains(task.taskId());
    if (well) {
      healthy.merge(task.serviceName(), -1, Integer::sum);
    }
    return well;
  }

  private DeploymentLimits limits(String service) {
    var desired = world.state().service(service).desired();
    return DeploymentLimits.replica(desired.deploymentConfiguration(), desired.desiredCount());
  }

  private void calmDown() {
    for (FakeNode node : world.nodes()) {
      if (!node.isUp()) {
        node.comeBack();
      }
      world.want(node.id(), InstanceStatusName.ACTIVE, false);
    }
    // With both at 100 % nothing could ever be exchanged.
    services.values().forEach(s -> world.want(s.percent(50, 200).count(Math.max(1, s.count()))));
    for (int minute = 0; minute < 30; minute++) {
      world.pass(Duration.ofSeconds(20));
      world.tick(Duration.ofSeconds(5));
    }
    world.settle();
  }

  private void checkConverged(Samples.Service service) {
    assertThat(world.running(service.name()))
        .as("tasks of %s", service.name())
        .hasSize(service.count())
        .allMatch(t -> t.deploymentId().equals(service.primary()))
        .allMatch(t -> t.lastStatus() == TaskLifecycle.RUNNING);
    assertThat(world.status(service.name()).steady()).isTrue();
    assertThat(world.status(service.name()).deployments()).hasSize(1);
  }
}
