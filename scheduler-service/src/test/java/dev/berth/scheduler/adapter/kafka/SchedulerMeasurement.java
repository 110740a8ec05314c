package dev.berth.scheduler.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.contracts.Topic;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.scheduler.Fleet;
import dev.berth.scheduler.application.ReconciledCluster;
import dev.berth.scheduler.config.RandomIds;
import dev.berth.scheduler.domain.SchedulerSettings;
import dev.berth.scheduler.domain.state.ClusterState;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Figures, printed; not part of the tests. {@code ./mvnw -pl scheduler-service test
 * -Dtest=SchedulerMeasurement}
 */
class SchedulerMeasurement {
  private static final Logger LOG = Logger.getLogger(SchedulerMeasurement.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int WARM_UP = 200;
  private static final int ROUNDS = 500;

  private final TestLog log = TestLog.shared();

  @Test
  void fromATaskWantedToItsNodeReadingIt() {
    RandomIds ids = new RandomIds();
    try (SchedulerRuntime runtime =
            new SchedulerRuntime(
                log.settings("measured"),
                (cluster, epoch) ->
                    new ReconciledCluster(
                        new ClusterState(
                            cluster, TestLog.INSTALLATION, epoch, SchedulerSettings.DEFAULT),
                        ids),
                new QuietTelemetry(),
                Clock.systemUTC());
        Fleet fleet =
            new Fleet(log.kafka().bootstrapServers(), TestLog.PARTITIONS, TestLog.newCluster())) {
      runtime.start();
      await().atMost(Duration.ofMinutes(1)).until(runtime::isReady);
      fleet.join();
      long[] nanos = new long[ROUNDS];
      int known = 0;
      for (int i = -WARM_UP; i < ROUNDS; i++) {
        if (i % 20 == 0) {
          fleet.beat();
        }
        long began = System.nanoTime();
        fleet.run();
        known++;
        while (fleet.read(Topic.TASK_ASSIGNED, TaskAssigned.class, POLL).size() < known) {
          assertThat(System.nanoTime() - began).isLessThan(TimeUnit.MINUTES.toNanos(1));
          fleet.beat();
        }
        if (i >= 0) {
          nanos[i] = System.nanoTime() - began;
        }
      }
      Arrays.sort(nanos);
      LOG.infof(
          "task.desired to task.assigned: median %.1f ms, 99%% %.1f ms of %d",
          nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS * 99 / 100] / 1e6, ROUNDS);
    }
  }
}
