package dev.berth.scheduler.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.cluster.CapacityEvent;
import dev.berth.contracts.cluster.CapacityEventName;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.service.AvailabilityZoneRebalancing;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.world.Samples;
import dev.berth.scheduler.domain.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that ask for a capacity provider or wait for room, and what is told of them. */
class CapacityStoryTest {
  private static final TaskDefinition LARGE =
      Samples.definition().container("app", 1024, 1024, null).build();
  private static final CapacityProviderStrategyItem A =
      new CapacityProviderStrategyItem("a", 1, null);
  private static final CapacityProviderStrategyItem B =
      new CapacityProviderStrategyItem("b", 1, null);

  private final World world = new World();

  @BeforeEach
  void anInstanceForEachProvider() {
    world.addNode("i-a", "z", 4096, 8192);
    world.addNode("i-b", "z", 4096, 8192);
    world.serves("i-a", "a");
    world.serves("i-b", "b");
    world.settle();
  }

  private Map<String, Long> byInstance(String service) {
    return world.running(service).stream()
        .collect(Collectors.groupingBy(TaskStatus::containerInstanceId, Collectors.counting()));
  }

  private List<CapacityEvent> events() {
    return world.decisions().stream()
        .filter(Decision.TellCapacity.class::isInstance)
        .map(d -> ((Decision.TellCapacity) d).event())
        .toList();
  }

  private List<String> runs(int count, Map<String, Object> members) {
    Map<String, Object> all = new HashMap<>(members);
    all.put("createdAt", world.now());
    List<String> ids = IntStream.range(0, count).mapToObj("%032d"::formatted).toList();
    ids.forEach(id -> world.run(id, LARGE, all));
    return ids;
  }

  private Map<String, Object> waiting(Duration most) {
    return Map.of(
        "placementTimeoutSeconds", (int) most.toSeconds(), "expiresAt", world.now().plus(most));
  }

  private List<VerdictOutcome> outcomes(List<String> ids) {
    return ids.stream().map(id -> world.verdict(id).outcome()).toList();
  }

  @Test
  void aFullProviderHoldsUpItsOwnShareOfAServiceOnly() {
    world.want("i-a", InstanceStatusName.DRAINING, false);
    world.want(Samples.service("web").count(6).set("capacityProviderStrategy", List.of(A, B)));

    world.settle().pass(Duration.ofSeconds(40));

    assertThat(byInstance("web")).isEqualTo(Map.of("i-b", 3L));
    assertThat(events())
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.capacityProviderName()).isEqualTo("a");
              assertThat(e.waitingTasks()).isEqualTo(3);
            });
  }

  @Test
  void aFullProviderHoldsUpItsOwnShareOfARequestOnly() {
    world.want("i-a", InstanceStatusName.DRAINING, false);

    List<String> ids = runs(4, Map.of("capacityProviderStrategy", List.of(A, B)));
    world.settle();

    assertThat(outcomes(ids))
        .containsOnly(VerdictOutcome.PLACED, VerdictOutcome.REFUSED)
        .filteredOn(VerdictOutcome.PLACED::equals)
        .hasSize(2);
  }

  @Test
  void theNextLeaderGoesOnSharingARequest() {
    CapacityProviderStrategyItem base = new CapacityProviderStrategyItem("a", 0, 2);
    Map<String, Object> strategy =
        Map.of("capacityProviderStrategy", List.of(base, B), "createdAt", world.now());
    world.run("%032d".formatted(1), Samples.definition().build(), strategy);
    world.run("%032d".formatted(2), Samples.definition().build(), strategy);
    world.settle();

    world.changeLeader();
    world.run("%032d".formatted(3), Samples.definition().build(), strategy);
    world.settle();

    assertThat(world.verdict("%032d".formatted(2)).capacityProviderName()).isEqualTo("a");
    assertThat(world.verdict("%032d".formatted(3)).capacityProviderName()).isEqualTo("b");
  }

  @Test
  void aStrategyOfOneProviderWithoutAWeightGetsAllTasks() {
    world.want(
        Samples.service("web")
            .count(3)
            .set("capacityProviderStrategy", List.of(new CapacityProviderStrategyItem("b", 0, 0))));

    world.settle();

    assertThat(byInstance("web")).isEqualTo(Map.of("i-b", 3L));
  }

  @Test
  void theBaseIsTheLastToGoWhenAServiceScalesIn() {
    Samples.Service web =
        Samples.service("web")
            .count(9)
            .set(
                "capacityProviderStrategy",
                List.of(new CapacityProviderStrategyItem("a", 0, 3), B));
    world.want(web);
    world.settle().pass(Duration.ofSeconds(15));
    assertThat(byInstance("web")).isEqualTo(Map.of("i-a", 3L, "i-b", 6L));

    world.want(web.count(4));
    world.settle();

    assertThat(byInstance("web")).isEqualTo(Map.of("i-a", 3L, "i-b", 1L));
  }

  @Test
  void tasksThatMoveBetweenZonesStayWithTheirProvider() {
    world.want(
        Samples.service("web")
            .count(4)
            .set(
                "capacityProviderStrategy", List.of(new CapacityProviderStrategyItem("b", 1, null)))
            .set("availabilityZoneRebalancing", AvailabilityZoneRebalancing.ENABLED));
    world.settle().pass(Duration.ofSeconds(15));

    world.addNode("i-a2", "y", 4096, 8192);
    world.serves("i-a2", "a");
    world.settle().pass(Duration.ofSeconds(30));
    assertThat(byInstance("web")).as("only its provider counts").isEqualTo(Map.of("i-b", 4L));

    world.addNode("i-b2", "x", 4096, 8192);
    world.serves("i-b2", "b");
    world.settle().pass(Duration.ofSeconds(60));
    assertThat(byInstance("web")).isEqualTo(Map.of("i-b", 2L, "i-b2", 2L));
  }

  @Test
  void tasksThatWaitAreToldOfTogetherAndAgainUntilTheLastHasRoom() {
    List<String> ids = runs(10, waiting(Duration.ofMinutes(10)));
    world.settle();
    assertThat(outcomes(ids)).filteredOn(VerdictOutcome.QUEUED::equals).hasSize(2);
    assertThat(events())
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.eventName()).isEqualTo(CapacityEventName.CAPACITY_INSUFFICIENT);
              assertThat(e.waitingTasks()).isEqualTo(2);
            });

    world.addNode("i-small", "z", 1024, 1024);
    world.settle();
    assertThat(events()).as("one still waits").hasSize(1);
    world.tick(Duration.ofSeconds(61));
    world.state().lookAtEverything();
    world.settle();
    assertThat(events()).hasSize(2);
    assertThat(events().getLast().waitingTasks()).isEqualTo(1);

    world.addNode("i-other", "z", 1024, 1024);
    world.settle();
    assertThat(outcomes(ids)).containsOnly(VerdictOutcome.PLACED);
    assertThat(events().getLast().eventName()).isEqualTo(CapacityEventName.CAPACITY_SUFFICIENT);
  }

  @Test
  void whatIsWantedNoMoreWaitsNoMore() {
    runs(9, waiting(Duration.ofSeconds(30)));
    world.want(Samples.service("web").count(1).deploy(LARGE));
    world.settle();
    assertThat(events())
        .extracting(CapacityEvent::eventName)
        .containsExactly(
            CapacityEventName.CAPACITY_INSUFFICIENT, CapacityEventName.CAPACITY_INSUFFICIENT);

    world.want(Samples.service("web").count(0).deploy(LARGE));
    world.pass(Duration.ofSeconds(40));

    assertThat(events().subList(2, 4))
        .allMatch(e -> e.eventName() == CapacityEventName.CAPACITY_SUFFICIENT)
        .extracting(CapacityEvent::group)
        .containsExactlyInAnyOrder("family:web", "service:web");
  }
}
