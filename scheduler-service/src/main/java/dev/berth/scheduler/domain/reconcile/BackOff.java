package dev.berth.scheduler.domain.reconcile;

import dev.berth.scheduler.domain.SchedulerSettings;
import dev.berth.scheduler.domain.state.DeploymentMemory;
import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before a deployment whose tasks keep failing gets the next ones. The first two
 * rounds (all of its tasks failing once is a round) are replaced at once; after that the delay
 * doubles.
 */
final class BackOff {
  private static final int FREE_ROUNDS = 2;
  private static final int LARGEST_EXPONENT = 30;

  private BackOff() {}

  /** Whether its tasks keep failing. */
  static boolean applies(DeploymentMemory memory, int desiredCount) {
    return rounds(memory, desiredCount) > FREE_ROUNDS;
  }

  /** When the next task may start, or null for at once. */
  static Instant until(DeploymentMemory memory, int desiredCount, SchedulerSettings settings) {
    if (memory.lastFailureAt() == null || !applies(memory, desiredCount)) {
      return null;
    }
    int exponent = Math.min(rounds(memory, desiredCount) - FREE_ROUNDS - 1, LARGEST_EXPONENT);
    long first = settings.backOffFirst().toMillis();
    long largest = settings.backOffMax().toMillis();
    Duration delay = Duration.ofMillis(Math.min(largest, first << exponent));
    return memory.lastFailureAt().plus(delay);
  }

  private static int rounds(DeploymentMemory memory, int desiredCount) {
    return Math.ceilDiv(memory.failures(), Math.max(1, desiredCount));
  }
}
