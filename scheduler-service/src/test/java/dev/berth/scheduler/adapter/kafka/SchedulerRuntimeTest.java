package dev.berth.scheduler.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.contracts.Topic;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskAssignment;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The runtime on a real Kafka, with a brain that shows each decision that was taken twice. */
class SchedulerRuntimeTest {
  private final TestLog log = TestLog.shared();
  private final QuietTelemetry telemetry = new QuietTelemetry();
  private final List<SchedulerRuntime> started = new ArrayList<>();

  @AfterEach
  void closeAll() {
    started.forEach(SchedulerRuntime::close);
  }

  @Test
  void aDesiredServiceBecomesAssignedTasks() {
    String cluster = TestLog.newCluster();
    start("a");

    log.want(TestLog.service(cluster, "web", 1, 3));

    soon().untilAsserted(() -> assertThat(log.assigned(cluster)).hasSize(3));
    assertThat(log.assignments(cluster))
        .extracting(TaskAssignment::taskId)
        .containsExactlyInAnyOrderElementsOf(
            log.assigned(cluster).stream().map(TaskAssigned::taskId).toList());
  }

  @Test
  void aRecordThatComesTwiceOrLateChangesNothing() {
    String cluster = TestLog.newCluster();
    start("a");
    log.want(TestLog.service(cluster, "web", 2, 2));
    soon().untilAsserted(() -> assertThat(log.assigned(cluster)).hasSize(2));

    log.want(TestLog.service(cluster, "web", 2, 2));
    log.want(TestLog.service(cluster, "web", 1, 5));
    log.want(TestLog.service(cluster, "last", 3, 1));

    soon()
        .untilAsserted(
            () -> assertThat(log.assigned(cluster)).anyMatch(t -> "last".equals(t.serviceName())));
    assertThat(log.assigned(cluster)).hasSize(3);
  }

  @Test
  void anUnreadableRecordIsParkedAndTheOthersGoOn() {
    String cluster = TestLog.newCluster();
    start("a");

    log.send(
        new ProducerRecord<>(
            Topic.SERVICE_DESIRED.topicName(),
            TestLog.PARTITIONS.ofCluster(cluster),
            cluster + "/broken",
            "{\"desiredCount\": {}}".getBytes(StandardCharsets.UTF_8)));
    log.want(TestLog.service(cluster, "web", 1, 1));

    soon().untilAsserted(() -> assertThat(log.assigned(cluster)).hasSize(1));
    soon()
        .untilAsserted(
            () ->
                assertThat(log.records(Topic.deadLetterTopic(Topic.Role.SCHEDULER), 1))
                    .anyMatch(
                        letter ->
                            letter.key().equals(cluster + "/broken")
                                && letter.headers().lastHeader("dead-letter-reason") != null));
  }

  @Test
  void twoSchedulersShareThePartitionsAndOneTakesAllOfTheOther() {
    String cluster = TestLog.newCluster();
    SchedulerRuntime a = start("a");
    SchedulerRuntime b = start("b");
    soon()
        .untilAsserted(
            () -> {
              assertThat(a.partitions()).hasSize(2);
              assertThat(b.partitions()).hasSize(2);
              Set<Integer> all = new HashSet<>(a.partitions());
              all.addAll(b.partitions());
              assertThat(all).hasSize(4);
            });
    log.want(TestLog.service(cluster, "web", 1, 2));
    soon().untilAsserted(() -> assertThat(log.assigned(cluster)).hasSize(2));
    List<TaskAssigned> before = log.assigned(cluster);
    boolean ledByA = a.partitions().contains(TestLog.PARTITIONS.ofCluster(cluster));

    (ledByA ? a : b).close();
    log.want(TestLog.service(cluster, "web", 2, 3));

    soon().untilAsserted(() -> assertThat(log.assigned(cluster)).hasSize(3));
    assertThat(log.assigned(cluster)).containsAll(before);
    soon().untilAsserted(() -> assertThat((ledByA ? b : a).partitions()).hasSize(4));
  }

  @Test
  void whenAnOwnerIsKilledTheStandbyKnowsWhatItDecidedAndGoesOn() throws Exception {
    String cluster = TestLog.newCluster();
    Process owner = ChildScheduler.start(log.kafka().bootstrapServers(), "owner");
    try {
      log.want(TestLog.service(cluster, "web", 1, 2));
      soon().untilAsserted(() -> assertThat(log.assigned(cluster)).hasSize(2));
      List<TaskAssigned> before = log.assigned(cluster);
      SchedulerRuntime standby = start("standby");

      owner.destroyForcibly().waitFor();
      log.want(TestLog.service(cluster, "web", 2, 3));

      soon().untilAsserted(() -> assertThat(log.assigned(cluster)).hasSize(3));
      assertThat(log.assigned(cluster)).containsAll(before);
      soon().untilAsserted(() -> assertThat(standby.partitions()).hasSize(4));
    } finally {
      owner.destroyForcibly();
    }
  }

  @Test
  void afterKafkaCameBackNothingIsDecidedTwice() {
    String cluster = TestLog.newCluster();
    SchedulerRuntime a = start("a");
    log.want(TestLog.service(cluster, "web", 1, 2));
    soon().untilAsserted(() -> assertThat(log.assigned(cluster)).hasSize(2));
    List<TaskAssigned> before = log.assigned(cluster);

    log.kafka().kill();
    soon().untilAsserted(() -> assertThat(a.isReady()).isFalse());
    assertThat(a.isLive()).isTrue();
    log.kafka().start();
    log.want(TestLog.service(cluster, "web", 2, 3));

    soon().untilAsserted(() -> assertThat(log.assigned(cluster)).hasSize(3));
    assertThat(log.assigned(cluster)).containsAll(before);
    soon().until(a::isReady);
  }

  @Test
  void anEmptiedKafkaIsReadAsTheNewLogThatItIs() {
    String cluster = TestLog.newCluster();
    SchedulerRuntime a = start("a");
    log.want(TestLog.service(cluster, "web", 1, 2));
    soon().untilAsserted(() -> assertThat(log.assigned(cluster)).hasSize(2));

    log.kafka().kill();
    log.kafka().wipe();
    log.kafka().start();
    soon().until(a::isReady);
    log.want(TestLog.service(cluster, "other", 5, 1));

    soon().untilAsserted(() -> assertThat(log.assigned(cluster)).hasSize(1));
    assertThat(log.assigned(cluster)).extracting(TaskAssigned::serviceName).containsOnly("other");
  }

  @Test
  void aPartitionWhoseThreadDiedMakesTheProcessDead() {
    // Given a scheduler that no exception handler can save
    SchedulerRuntime doomed =
        new SchedulerRuntime(
            log.settings("doomed"),
            (cluster, epoch) -> {
              throw new StackOverflowError("in " + cluster);
            },
            telemetry,
            Clock.systemUTC());
    started.add(doomed);
    doomed.start();
    assertThat(doomed.isLive()).isTrue();

    // When it decides
    log.want(TestLog.service(TestLog.newCluster(), "web", 1, 1));

    // Then it doesn't pass for alive, so that it is ended and started anew
    soon().dontCatchUncaughtExceptions().until(() -> !doomed.isLive());
    assertThat(doomed.isReady()).isFalse();
  }

  private SchedulerRuntime start(String instanceId) {
    SchedulerRuntime runtime =
        new SchedulerRuntime(log.settings(instanceId), ToyBrain::new, telemetry, Clock.systemUTC());
    started.add(runtime);
    runtime.start();
    soon().until(runtime::isReady);
    return runtime;
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
  }
}
