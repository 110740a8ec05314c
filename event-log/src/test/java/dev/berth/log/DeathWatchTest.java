package dev.berth.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeathWatchTest {
  private final AtomicInteger ended = new AtomicInteger();

  @Test
  void aProcessThatStaysDeadIsEndedOnce() {
    looks(true, true);
    assertThat(ended).hasValue(0);
    looks(true, true, true, true, true, true, true);
    assertThat(ended).hasValue(1);
  }

  @Test
  void aProcessThatComesBackIsLeftAlone() {
    looks(true, true, false, true, true, false, true);
    assertThat(ended).hasValue(0);
  }

  @Test
  void aLookThatFailsSaysNothing() {
    // Given a process of which two looks in a row couldn't tell anything
    Deque<Boolean> answers = new ArrayDeque<>(List.of(true, true));
    try (DeathWatch watch = new DeathWatch(answers::removeFirst, ended::incrementAndGet)) {
      // When it is looked at more often than there are answers
      for (int i = 0; i < 2 * DeathWatch.TIMES; i++) {
        watch.look();
      }
    }

    // Then it isn't taken for dead
    assertThat(ended).hasValue(0);
  }

  private void looks(Boolean... dead) {
    Deque<Boolean> answers = new ArrayDeque<>(List.of(dead));
    try (DeathWatch watch = new DeathWatch(answers::removeFirst, ended::incrementAndGet)) {
      while (!answers.isEmpty()) {
        watch.look();
      }
    }
  }
}
