package dev.berth.scheduler.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.world.Ids;
import dev.berth.scheduler.domain.world.Samples;
import dev.berth.scheduler.domain.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An order that was kept through any changes answers as if it were made anew. */
class InstanceOrderPropertyTest {
  private static final List<PlacementStrategy> ZONES_THEN_INSTANCES = SpreadField.DEFAULT;
  private static final List<PlacementStrategy> ZONES_THEN_PACKED =
      List.of(
          new PlacementStrategy("spread", "attribute:ecs.availability-zone"),
          new PlacementStrategy("binpack", "cpu"));
  private static final List<PlacementStrategy> PACKED =
      List.of(new PlacementStrategy("binpack", "memory"));

  private final World world = new World();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aKeptOrderAnswersLikeANewOne(long seed) {
    Random random = new Random(seed);
    IntStream.range(0, 12)
        .forEach(i -> world.addNode("i-" + i, "zone-" + i % 3, 1000, 2000 + 100 * (i % 4)));
    String[] groups = {"one", "two"};
    for (String group : groups) {
      world.want(
          Samples.service(group)
              .count(random.nextInt(6))
              .placement(random.nextBoolean() ? "spread" : "binpack", "memory"));
    }
    world.settle();
    Placements placements = Placements.of(world.state(), new Ids(seed));

    for (int step = 0; step < 120; step++) {
      String instance = "i-" + random.nextInt(12);
      switch (random.nextInt(6)) {
        case 0 -> world.want(instance, InstanceStatusName.DRAINING, false);
        case 1 -> world.want(instance, InstanceStatusName.ACTIVE, false);
        case 2 -> world.node(instance).isolate();
        case 3 -> world.node(instance).comeBack();
        case 4 -> world.want(Samples.service(groups[step % 2]).count(random.nextInt(12)));
        default -> world.pass(Duration.ofSeconds(random.nextInt(20)));
      }
      world.settle();
      for (String group : groups) {
        check(placements, request(group, ZONES_THEN_INSTANCES), step);
        check(placements, request(group, ZONES_THEN_PACKED), step);
        check(placements, request(group, PACKED), step);
      }
    }
  }

  private static PlacementRequest request(String group, List<PlacementStrategy> strategies) {
    TaskDefinition definition = Samples.definition().build();
    return PlacementRequest.of(
        "service:" + group,
        definition,
        new Resources(100, 128, List.of(), 0),
        "one".equals(group)
            ? List.of()
            : List.of(new PlacementConstraint("distinctInstance", null)),
        strategies);
  }

  private void check(Placements placements, PlacementRequest request, int step) {
    InstanceState kept = placements.candidates(request).best(world.now());
    Requirements requirements = new Requirements(request, Duration.ofSeconds(10));
    requirements.at(world.now());
    List<InstanceState> able =
        world.state().instances().stream().filter(requirements::metBy).toList();

    if (able.isEmpty()) {
      assertThat(kept).as("step %d", step).isNull();
      return;
    }
    assertThat(able).as("step %d: one that does", step).contains(kept);
    if (request.strategies().equals(PACKED)) {
      assertThat(kept.freeMemory())
          .as("step %d: the fullest", step)
          .isEqualTo(able.stream().mapToLong(InstanceState::freeMemory).min().orElseThrow());
      return;
    }
    int least = able.stream().mapToInt(i -> zoneCount(i, request.group())).min().orElseThrow();
    assertThat(zoneCount(kept, request.group()))
        .as("step %d: of the zone with fewest", step)
        .isEqualTo(least);
    List<InstanceState> inZone = able.stream().filter(i -> zone(i).equals(zone(kept))).toList();
    if (request.strategies().equals(ZONES_THEN_INSTANCES)) {
      assertThat(kept.tasksOf(request.group()))
          .as("step %d: the instance with fewest", step)
          .isEqualTo(inZone.stream().mapToInt(i -> i.tasksOf(request.group())).min().orElseThrow());
    } else {
      assertThat(kept.freeCpu())
          .as("step %d: the fullest of the zone", step)
          .isEqualTo(inZone.stream().mapToLong(InstanceState::freeCpu).min().orElseThrow());
    }
  }

  private int zoneCount(InstanceState instance, String group) {
    return world.state().instances().stream()
        .filter(other -> zone(other).equals(zone(instance)))
        .mapToInt(other -> other.tasksOf(group))
        .sum();
  }

  private static String zone(InstanceState instance) {
    return instance.attributes().getOrDefault("ecs.availability-zone", "");
  }
}
