package dev.berth.scheduler.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.scheduler.domain.world.Samples;
import dev.berth.scheduler.domain.world.World;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples of the ECS developer guide, "Use strategies to define Amazon ECS task placement"
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html) and
 * "Define which container instances Amazon ECS uses for tasks"
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html), as
 * tables. Two zones with a large and a small instance each; a task takes 100 CPU units and 128 MiB.
 */
class DocumentedStrategiesTest {
  private final World world = new World();

  DocumentedStrategiesTest() {
    world.addNode("large-a", "a", 4096, 4096);
    world.addNode("small-a", "a", 2048, 2048);
    world.addNode("large-b", "b", 8192, 4224);
    world.addNode("small-b", "b", 4096, 2176);
    world
        .addNode("other-c", "c", 4096, 4096)
        .attribute("ecs.instance-type", "t2.small")
        .attribute("ecs.os-type", "windows")
        .report();
  }

  /** Placing, then scaling in. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          # strategies; tasks; where; tasks left; where
          spread attribute:ecs.availability-zone; 4; a=2,b=2; 2; a=1,b=1
          spread attribute:ecs.availability-zone; 6; a=3,b=3; 5; a+b=5
          spread instanceId; 8; large-a=2,small-a=2,large-b=2,small-b=2; 4; large-a=1,small-a=1,large-b=1,small-b=1
          spread host; 4; large-a=1,small-a=1,large-b=1,small-b=1; 4; large-a=1,small-a=1,large-b=1,small-b=1
          binpack memory; 4; small-a=4; 3; small-a=3
          binpack memory; 20; small-a=16,small-b=4; 18; small-a=16,small-b=2
          binpack cpu; 22; small-a=16,large-a=6; 20; small-a=16,large-a=4
          spread attribute:ecs.availability-zone, spread instanceId; 8; large-a=2,small-a=2,large-b=2,small-b=2; 4; large-a=1,small-a=1,large-b=1,small-b=1
          spread attribute:ecs.availability-zone, binpack memory; 6; small-a=3,small-b=3; 4; small-a=2,small-b=2
          spread attribute:ecs.availability-zone, binpack cpu; 4; small-a=2,small-b=2; 2; small-a=1,small-b=1
          random; 3; a+b=3; 1; a+b=1
          """)
  void tasksGoWhereTheStrategiesSay(
      String strategies, int tasks, String where, int left, String whereLeft) {
    Samples.Service web =
        Samples.service("web")
            .count(tasks)
            .placement(strategies(strategies))
            .constraints(
                new PlacementConstraint("memberOf", "attribute:ecs.availability-zone != c"));
    world.want(web);
    world.settle().pass(Duration.ofSeconds(30));
    assertThat(running()).containsAllEntriesOf(counts(where));

    world.want(web.count(left));
    world.settle().pass(Duration.ofMinutes(1));
    assertThat(running()).containsAllEntriesOf(counts(whereLeft));
    assertThat(world.running("web")).hasSize(left);
  }

  /** The constraints of the second page. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          distinctInstance; ; large-a=1,small-a=1,large-b=1,small-b=1,other-c=1
          memberOf; attribute:ecs.instance-type == t2.small; other-c=5
          memberOf; attribute:ecs.instance-type =~ t2.*; other-c=5
          memberOf; attribute:ecs.availability-zone in [a, b]; a+b=5
          memberOf; not(attribute:ecs.availability-zone in [a, b]); other-c=5
          memberOf; task:group == service:db; small-b=5
          memberOf; not(task:group == service:db) and attribute:ecs.availability-zone == b; large-b=5
          memberOf; runningTasksCount >= 1; small-b=5
          memberOf; attribute:ecs.os-type == windows; other-c=5
          memberOf; attribute:rack exists;
          """)
  void tasksRunOnlyWhereTheConstraintHolds(String type, String expression, String where) {
    world.want(
        Samples.service("db")
            .count(1)
            .constraints(
                new PlacementConstraint("memberOf", "attribute:ecs.availability-zone == b"))
            .placement("binpack", "memory"));
    world.settle();

    world.want(
        Samples.service("web").count(5).constraints(new PlacementConstraint(type, expression)));
    world.settle().pass(Duration.ofSeconds(30));

    Map<String, Integer> expected = counts(where);
    assertThat(running()).containsAllEntriesOf(expected);
    assertThat(world.running("web"))
        .hasSize(expected.values().stream().mapToInt(Integer::intValue).sum());
  }

  private static List<PlacementStrategy> strategies(String text) {
    return Arrays.stream(text.split(", "))
        .map(one -> one.split(" "))
        .map(words -> new PlacementStrategy(words[0], words.length > 1 ? words[1] : null))
        .toList();
  }

  /** How many tasks each instance, each zone, and both zones together run. */
  private Map<String, Integer> running() {
    Map<String, Integer> counts = new TreeMap<>();
    for (TaskStatus task : world.running("web")) {
      String instance = task.containerInstanceId();
      String zone = instance.substring(instance.indexOf('-') + 1);
      counts.merge(instance, 1, Integer::sum);
      counts.merge(zone, 1, Integer::sum);
      counts.merge("a+b", "c".equals(zone) ? 0 : 1, Integer::sum);
    }
    return counts;
  }

  private static Map<String, Integer> counts(String text) {
    Map<String, Integer> counts = new TreeMap<>();
    if (text != null) {
      for (String one : text.split(",")) {
        String[] parts = one.split("=");
        counts.put(parts[0], Integer.valueOf(parts[1]));
      }
    }
    return counts;
  }
}
