package dev.berth.standalone.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1));

  @Test
  void doublesUpToTheLongest() {
    assertThat(backoff.delay(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.delay(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.delay(4)).isEqualTo(Duration.ofSeconds(8));
    assertThat(backoff.delay(5)).isEqualTo(Duration.ofSeconds(10));
    assertThat(backoff.delay(1_000_000)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void forgivesWhatRanLongEnough() {
    assertThat(backoff.deaths(7, Duration.ofSeconds(59))).isEqualTo(8);
    assertThat(backoff.deaths(7, Duration.ofSeconds(60))).isEqualTo(1);
  }
}
