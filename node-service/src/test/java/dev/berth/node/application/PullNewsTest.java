package dev.berth.node.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.task.ImagePull;
import dev.berth.contracts.task.ImagePullState;
import dev.berth.node.domain.task.TaskEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PullNewsTest {
  private final List<ImagePull> told = new ArrayList<>();
  private final SetClock clock = new SetClock();
  private final PullNews news =
      new PullNews("web", clock, event -> told.add(((TaskEvent.PullSeen) event).pull()));

  @Test
  void theBeginningAndTheEndAreToldAtOnceAndWhatIsBetweenEveryTenSeconds() {
    news.progress("pulling image web");
    clock.now = clock.now.plusSeconds(9);
    news.progress("pulling image web: 1 of 3 layers");
    clock.now = clock.now.plusSeconds(1);
    news.progress("pulling image web: 2 of 3 layers");
    clock.now = clock.now.plus(Duration.ofMillis(1));
    news.progress("pulled image web");
    news.done();

    assertThat(told)
        .extracting(pull -> pull.state() + " " + pull.detail())
        .containsExactly(
            "PULLING pulling image web",
            "PULLING pulling image web: 2 of 3 layers",
            "PULLED pulled image web");
  }

  @Test
  void anImageThatWasThereIsNoNews() {
    news.done();

    assertThat(told).isEmpty();
  }

  @Test
  void aFailureSaysWhy() {
    news.progress("pulling image web");
    news.failed("CannotPullContainerError: no such host");

    assertThat(told.getLast().state()).isEqualTo(ImagePullState.FAILED);
    assertThat(told.getLast().detail()).contains("no such host");
  }

  private static final class SetClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
