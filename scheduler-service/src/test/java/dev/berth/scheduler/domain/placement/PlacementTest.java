package dev.berth.scheduler.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.task.HostPort;
import dev.berth.contracts.task.RefusalReason;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.contracts.taskdef.ContainerOverride;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.Protocol;
import dev.berth.contracts.taskdef.TaskOverride;
import dev.berth.scheduler.domain.world.Samples;
import dev.berth.scheduler.domain.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where tasks go, and what is said when they go nowhere. */
class PlacementTest {
  private static final String TASK = "0000000000000000000000000000aaaa";

  private final World world = new World();

  private Map<String, Long> perInstance(String service) {
    return world.running(service).stream()
        .map(TaskStatus::containerInstanceId)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  @Test
  void spreadOverZonesComesBeforeSpreadOverInstances() {
    world.addNode("i-1", "a", 4096, 4096);
    world.addNode("i-2", "a", 4096, 4096);
    world.addNode("i-3", "b", 4096, 4096);
    world.want(Samples.service("web").count(8));
    world.settle();

    assertThat(perInstance("web")).isEqualTo(Map.of("i-1", 2L, "i-2", 2L, "i-3", 4L));
  }

  @Test
  void binpackFillsTheFullestInstanceFirst() {
    world.addNode("i-1", "a", 4096, 4096);
    world.addNode("i-2", "b", 4096, 600);
    world.want(Samples.service("web").count(5).placement("binpack", "memory"));
    world.settle();

    assertThat(perInstance("web")).isEqualTo(Map.of("i-2", 4L, "i-1", 1L));
  }

  @Test
  void randomIsTheSameForTheSameSeed() {
    Map<String, Long> first = randomPlacement(7);
    assertThat(randomPlacement(7)).isEqualTo(first);
  }

  private static Map<String, Long> randomPlacement(long seed) {
    World world = new World(seed);
    for (int i = 1; i <= 9; i++) {
      world.addNode("i-" + i, "a", 4096, 4096);
    }
    world.want(Samples.service("web").count(3).placement("random", null));
    world.settle();
    return world.running("web").stream()
        .collect(Collectors.groupingBy(TaskStatus::containerInstanceId, Collectors.counting()));
  }

  @Test
  void distinctInstancePutsOneTaskOnEach() {
    world.addNode("i-1", "a", 4096, 4096);
    world.addNode("i-2", "a", 4096, 4096);
    world.want(
        Samples.service("web")
            .deploy(Samples.definition().constraint("distinctInstance", null).build())
            .count(3));
    world.settle();

    assertThat(perInstance("web")).isEqualTo(Map.of("i-1", 1L, "i-2", 1L));
    assertThat(world.sentences())
        .anyMatch(
            s ->
                s.contains("was unable to place a task because no container instance met all")
                    && s.contains("DistinctInstance placement constraint unsatisfied."));
  }

  @Test
  void hostPortsAreTakenOncePerInstanceAndFreedAgain() {
    world.addNode("i-1", "a", 4096, 4096);
    Samples.Definition fixed =
        Samples.definition().container("app", 10, 10, null, List.of(Samples.port(80, 8080)), null);
    world.run(TASK, fixed.build());
    world.settle();
    world.run("0000000000000000000000000000bbbb", fixed.build());
    world.settle();
    assertRefused("0000000000000000000000000000bbbb", "RESOURCE:PORTS", true);

    world.stop(TASK);
    world.settle();
    world.run("0000000000000000000000000000cccc", fixed.build());
    world.settle();
    assertThat(world.verdict("0000000000000000000000000000cccc").outcome())
        .isEqualTo(VerdictOutcome.PLACED);
  }

  private TaskVerdict assertRefused(String taskId, String code, boolean canWaitHelp) {
    TaskVerdict verdict = world.verdict(taskId);
    assertThat(verdict.outcome()).isEqualTo(VerdictOutcome.REFUSED);
    assertThat(verdict.reasons()).extracting(RefusalReason::code).contains(code);
    assertThat(verdict.canWaitHelp()).isEqualTo(canWaitHelp);
    return verdict;
  }

  @Test
  void eachFilterRefusesWithItsOwnReason() {
    world.addNode("i-1", "a", 1000, 1000).attribute("ecs.cpu-architecture", "x86_64").report();
    int next = 1;
    record Case(Samples.Definition definition, String code, boolean canWaitHelp) {}
    List<Case> cases =
        List.of(
            new Case(Samples.definition().taskSize("2000", "10"), "RESOURCE:CPU", false),
            new Case(Samples.definition().taskSize("10", "2000"), "RESOURCE:MEMORY", false),
            new Case(
                Samples.definition().requires("berth.capability.gpu", null), "ATTRIBUTE", false),
            new Case(Samples.definition().platform("ARM64", "LINUX"), "ATTRIBUTE", false),
            new Case(
                Samples.definition().constraint("memberOf", "attribute:rack == 7"),
                "MemberOf placement constraint unsatisfied.",
                false),
            new Case(
                Samples.definition().constraint("memberOf", "attribute:rack =~ r.*"),
                "MemberOf placement constraint unsatisfied.",
                false));
    for (Case c : cases) {
      String taskId = "%032x".formatted(next++);
      world.run(taskId, c.definition().build());
      world.settle();
      assertThat(assertRefused(taskId, c.code(), c.canWaitHelp()).instancesConsidered())
          .isEqualTo(1);
    }
  }

  @Test
  void aFullInstanceMayHelpLater() {
    world.addNode("i-1", "a", 1000, 1000);
    world.run(TASK, Samples.definition().taskSize("900", "100").build());
    world.settle();
    world.run(
        "0000000000000000000000000000bbbb", Samples.definition().taskSize("900", "100").build());
    world.settle();

    assertRefused("0000000000000000000000000000bbbb", "RESOURCE:CPU", true);
  }

  @Test
  void disconnectedDrainingAndMissingInstancesAreNamed() {
    world.addNode("i-1", "a", 1000, 1000);
    world.want("i-1", InstanceStatusName.DRAINING, false);
    world.run(TASK, Samples.definition().build());
    world.settle();
    assertRefused(TASK, "INACTIVE", false);

    world.want("i-1", InstanceStatusName.ACTIVE, false);
    world.silence(Duration.ofSeconds(11));
    world.run("0000000000000000000000000000bbbb", Samples.definition().build());
    world.settle();
    assertRefused("0000000000000000000000000000bbbb", "AGENT", true);

    world.run("0000000000000000000000000000cccc", Samples.definition().build(), "i-9");
    world.settle();
    assertRefused("0000000000000000000000000000cccc", "MISSING", false);
  }

  @Test
  void withoutInstancesTheSentenceSaysSo() {
    world.want(Samples.service("web"));
    world.settle();

    assertThat(world.sentences())
        .containsExactly(
            "(service web) was unable to place a task because no container instance met all of its"
                + " requirements. Reason: No Container Instances were found in your cluster.");
    world.addNode("i-1", "a", 1000, 1000);
    world.settle();
    assertThat(world.running("web")).hasSize(1);
  }

  @Test
  void aTaskTakesItsOwnSizeOrThatOfItsContainers() {
    Samples.Definition two =
        Samples.definition().container("a", 100, 300, 200).container("b", 50, 100, null);

    assertThat(TaskResources.of(two.build(), null))
        .isEqualTo(new Resources(150, 300, List.of(), 0));
    assertThat(
            TaskResources.of(
                two.build(),
                new TaskOverride(
                    List.of(new ContainerOverride("a", null, null, null, 200, null, 400, null)),
                    null,
                    null,
                    null,
                    null,
                    null)))
        .isEqualTo(new Resources(250, 500, List.of(), 0));
    assertThat(TaskResources.of(two.taskSize("1 vCPU", "2 GB").build(), null))
        .isEqualTo(new Resources(1024, 2048, List.of(), 0));
  }

  @Test
  void portsCountWhereTheHostGivesThem() {
    for (NetworkMode mode : NetworkMode.values()) {
      Resources needs =
          TaskResources.of(
              Samples.definition()
                  .mode(mode)
                  .container(
                      "app", 1, 1, null, List.of(Samples.port(80, 8080), Samples.port(81, 0)), null)
                  .build(),
              null);
      assertThat(needs.hostPorts())
          .as(mode.name())
          .isEqualTo(
              switch (mode) {
                case BRIDGE -> List.of(new HostPort(8080, Protocol.TCP));
                case HOST ->
                    List.of(new HostPort(80, Protocol.TCP), new HostPort(81, Protocol.TCP));
                case AWSVPC, NONE -> List.of();
              });
    }
  }
}
