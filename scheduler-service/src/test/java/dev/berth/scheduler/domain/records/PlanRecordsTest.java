package dev.berth.scheduler.domain.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.task.StopCode;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.Plan;
import dev.berth.scheduler.domain.world.Samples;
import dev.berth.scheduler.domain.world.World;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each decision is written to topics that the scheduler writes, with their keys. */
class PlanRecordsTest {
  /** A history in which everything is decided at least once. */
  private static World eventful() {
    World world = new World();
    world.addNode("i-1", "a", 1000, 1000);
    world.addNode("i-2", "b", 1000, 1000);
    Samples.Service web = Samples.service("web").count(2).balanced();
    world.want(web);
    world.run("0000000000000000000000000000aaaa", Samples.definition().build());
    world.run(
        "0000000000000000000000000000bbbb", Samples.definition().taskSize("9999", "1").build());
    world.run(
        "0000000000000000000000000000cccc",
        Samples.definition().taskSize("9999", "1").build(),
        Map.of("placementTimeoutSeconds", 60, "expiresAt", world.now().plusSeconds(60)));
    world.settle();
    world.emptyLog(() -> {});
    world.pass(Duration.ofSeconds(15));
    world.node("i-2").isolate();
    world.want("i-2", InstanceStatusName.INACTIVE, true);
    world.settle();
    world
        .node("i-1")
        .ends("0000000000000000000000000000aaaa", StopCode.EssentialContainerExited, "over");
    world.tombstone(Topic.TASK_DESIRED, "0000000000000000000000000000aaaa");
    world.tombstone(Topic.SERVICE_DESIRED, "web");
    world.tombstone(Topic.CONTAINER_INSTANCE_DESIRED, "i-2");
    world.tombstone(Topic.CONTAINER_INSTANCE_STATUS, "i-2");
    world.pass(Duration.ofSeconds(320));
    return world;
  }

  @Test
  void everyKindOfDecisionIsWritten() {
    List<Decision> decisions = eventful().decisions();
    assertThat(decisions.stream().map(Object::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Decision.class.getPermittedSubclasses()).collect(Collectors.toSet()));

    for (Decision decision : decisions) {
      List<OutgoingRecord> records = PlanRecords.of(new Plan(List.of(decision), null));
      assertThat(records).as(decision.toString()).isNotEmpty();
      for (OutgoingRecord record : records) {
        assertThat(record.topic().writer()).isEqualTo(Topic.Role.SCHEDULER);
        assertThat(record.key()).isNotBlank();
        if (record.value() != null) {
          assertThat(record.value()).isInstanceOf(record.topic().recordType());
        }
        switch (record.topic().partitionedBy()) {
          case CLUSTER -> assertThat(record.partitionKey()).isEqualTo(Samples.CLUSTER);
          case INSTANCE -> assertThat(record.partitionKey()).startsWith("i-");
          case NOTHING, RESOURCE -> assertThat(record.partitionKey()).isNotBlank();
        }
      }
    }
  }
}
