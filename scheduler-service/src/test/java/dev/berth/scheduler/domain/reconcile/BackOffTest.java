package dev.berth.scheduler.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.domain.SchedulerSettings;
import dev.berth.scheduler.domain.state.DeploymentMemory;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    // failures in a row, tasks wanted, seconds to wait
    "0, 1, 0",
    "1, 1, 0",
    "2, 1, 0",
    "3, 1, 1",
    "4, 1, 2",
    "5, 1, 4",
    "11, 1, 256",
    "12, 1, 300",
    "1000, 1, 300",
    "20, 10, 0",
    "21, 10, 1",
    "31, 10, 2",
    "3, 0, 1"
  })
  void theFirstTwoRoundsAreFreeThenTheDelayDoubles(int failures, int wanted, long seconds) {
    DeploymentMemory memory = new DeploymentMemory();
    for (int i = 0; i < failures; i++) {
      memory.failed(NOW);
    }

    Instant until = BackOff.until(memory, wanted, SchedulerSettings.DEFAULT);

    assertThat(until == null ? NOW : until).isEqualTo(NOW.plus(Duration.ofSeconds(seconds)));
  }

  @Test
  void aSuccessEndsIt() {
    DeploymentMemory memory = new DeploymentMemory();
    for (int i = 0; i < 9; i++) {
      memory.failed(NOW);
    }
    memory.succeeded(true);

    assertThat(BackOff.until(memory, 1, SchedulerSettings.DEFAULT)).isNull();
  }
}
