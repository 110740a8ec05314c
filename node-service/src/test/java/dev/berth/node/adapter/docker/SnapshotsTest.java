package dev.berth.node.adapter.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.node.domain.container.ContainerRunState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private static final Instant EARLIER = Instant.parse("2026-11-22T22:55:58.547Z");
  private static final Instant LATER = Instant.parse("2026-11-22T22:55:58.558Z");

  @Test
  void anEndNotedBeforeItsStartIsTheEndOfThatRun() {
    assertThat(Snapshots.finishedAt(ContainerRunState.EXITED, LATER, EARLIER)).isEqualTo(LATER);
  }

  @Test
  void theEndOfAnEarlierRunStaysWhereItWas() {
    assertThat(Snapshots.finishedAt(ContainerRunState.RUNNING, LATER, EARLIER)).isEqualTo(EARLIER);
    assertThat(Snapshots.finishedAt(ContainerRunState.EXITED, EARLIER, LATER)).isEqualTo(LATER);
    assertThat(Snapshots.finishedAt(ContainerRunState.EXITED, EARLIER, null)).isNull();
  }
}
