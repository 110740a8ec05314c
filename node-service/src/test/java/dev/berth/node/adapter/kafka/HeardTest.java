package dev.berth.node.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeardTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private boolean reachable = true;
  private final Heard heard = new Heard(() -> reachable, () -> now);

  @Test
  void heartbeatsThatAreRefusedWhileKafkaAnswersAreNotHeard() {
    heard.written();
    refusedEveryTwoSeconds(2);
    assertThat(heard.isHeard()).isTrue();

    refusedEveryTwoSeconds(2);
    assertThat(heard.isHeard()).isFalse();

    heard.written();
    assertThat(heard.isHeard()).isTrue();
  }

  @Test
  void whileKafkaIsAwayNobodyIsToBlame() {
    refusedEveryTwoSeconds(1);
    reachable = false;
    refusedEveryTwoSeconds(30);
    assertThat(heard.isHeard()).isTrue();

    reachable = true;
    assertThat(heard.isHeard()).isTrue();
    refusedEveryTwoSeconds(2);
    assertThat(heard.isHeard()).isTrue();
    refusedEveryTwoSeconds(2);
    assertThat(heard.isHeard()).isFalse();
  }

  private void refusedEveryTwoSeconds(int times) {
    for (int i = 0; i < times; i++) {
      heard.refused();
      now = now.plusSeconds(2);
    }
  }
}
