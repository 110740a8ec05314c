package dev.berth.node.application;

import dev.berth.contracts.task.ImagePull;
import dev.berth.contracts.task.ImagePullState;
import dev.berth.node.domain.task.TaskEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Tells a task how far the pull of an image has come: its beginning and its end at once, what comes
 * between no more often than every ten seconds, as each word is a record that others read.
 */
final class PullNews {
  static final Duration INTERVAL = Duration.ofSeconds(10);

  private final String container;
  private final Clock clock;
  private final Consumer<TaskEvent> seen;
  private Instant told;
  private String last;

  PullNews(String container, Clock clock, Consumer<TaskEvent> seen) {
    this.container = container;
    this.clock = clock;
    this.seen = seen;
  }

  /** The engine said something of the pull. */
  synchronized void progress(String detail) {
    last = detail;
    Instant now = clock.instant();
    if (told == null || !now.isBefore(told.plus(INTERVAL))) {
      tell(ImagePullState.PULLING, detail, now);
    }
  }

  /** The image is there; nothing to tell where it was there before. */
  synchronized void done() {
    if (told != null) {
      tell(ImagePullState.PULLED, last, clock.instant());
    }
  }

  /** It can't be had. */
  synchronized void failed(String reason) {
    tell(ImagePullState.FAILED, reason, clock.instant());
  }

  private void tell(ImagePullState state, String detail, Instant now) {
    told = now;
    seen.accept(new TaskEvent.PullSeen(container, new ImagePull(state, detail, now)));
  }
}
