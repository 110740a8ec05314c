package dev.berth.scheduler.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskAssignment;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two that believe they lead the same partition, without a group that tells them. */
class PartitionLeaderTest {
  private static final int PARTITION = 3;

  private final TestLog log = TestLog.shared();
  private final QuietTelemetry telemetry = new QuietTelemetry();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable resource : opened.reversed()) {
      resource.close();
    }
  }

  @Test
  void whatAFencedPredecessorStillWritesNeverAppears() {
    String cluster = TestLog.newClusterIn(PARTITION);
    CountDownLatch successorLeads = new CountDownLatch(1);
    AtomicBoolean late = new AtomicBoolean();
    // Given a leader that has decided, and stands still before it writes
    PartitionLeader predecessor =
        leader(
            "predecessor",
            (name, epoch) -> new StandingStill(new ToyBrain(name, epoch), successorLeads, late));
    soon().until(predecessor::isCaughtUp);
    log.want(TestLog.service(cluster, "web", 1, 2));
    soon().untilTrue(late);
    // and a successor that has taken over and decided the same
    PartitionLeader successor = leader("successor", ToyBrain::new);
    soon().until(successor::isCaughtUp);
    soon().untilAsserted(() -> assertThat(log.assigned(cluster)).hasSize(2));
    List<TaskAssigned> decided = log.assigned(cluster);

    // When the first goes on
    predecessor.stop();
    successorLeads.countDown();

    // Then its plan is refused, and only the successor's is there
    soon().untilAsserted(() -> assertThat(telemetry.failedTransactions).hasPositiveValue());
    assertThat(log.assigned(cluster)).isEqualTo(decided);
    assertThat(log.assignments(cluster)).hasSize(2);
  }

  @Test
  void aSuccessorKnowsWhatWasDecidedAndCountsTheLeaderships() throws Exception {
    String cluster = TestLog.newClusterIn(PARTITION);
    PartitionLeader first = leader("first", ToyBrain::new);
    log.want(TestLog.service(cluster, "web", 1, 2));
    soon().untilAsserted(() -> assertThat(log.assigned(cluster)).hasSize(2));
    long epoch = log.assignments(cluster).getFirst().epoch();
    first.stop();
    assertThat(first.awaitEnd(Duration.ofSeconds(10))).isTrue();

    leader("second", ToyBrain::new);
    log.want(TestLog.service(cluster, "web", 2, 3));

    soon().untilAsserted(() -> assertThat(log.assignments(cluster)).hasSize(3));
    assertThat(log.assignments(cluster))
        .extracting(TaskAssignment::epoch)
        .containsExactlyInAnyOrder(epoch, epoch, epoch + 1);
  }

  private PartitionLeader leader(
      String instanceId, dev.berth.scheduler.application.ClusterBrain.Factory brains) {
    LogSettings settings = log.settings(instanceId);
    LogClients clients = new LogClients(settings);
    LogWatch watch = new LogWatch(settings, clients, Clock.systemUTC());
    DeadLetters deadLetters = new DeadLetters(clients);
    PartitionLeader leader =
        new PartitionLeader(
            PARTITION, settings, clients, watch, deadLetters, brains, telemetry, Clock.systemUTC());
    Thread.ofPlatform().start(watch);
    Thread.ofPlatform().start(leader);
    opened.add(deadLetters);
    opened.add(watch::stop);
    opened.add(leader::stop);
    return leader;
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
  }
}
