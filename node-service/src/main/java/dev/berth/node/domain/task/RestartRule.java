package dev.berth.node.domain.task;

import dev.berth.contracts.taskdef.ContainerRestartPolicy;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a container that ended is started again inside its task (ECS: "Restart individual
 * containers in Amazon ECS tasks with container restart policies").
 */
final class RestartRule {
  private static final Duration DEFAULT_ATTEMPT_PERIOD = Duration.ofMinutes(5);

  private RestartRule() {}

  /** A restart is allowed once the container has run for a whole attempt period. */
  static boolean restarts(
      ContainerRestartPolicy policy, int exitCode, Instant startedAt, Instant finishedAt) {
    if (policy == null
        || !Boolean.TRUE.equals(policy.enabled())
        || policy.ignoredExitCodes().contains(exitCode)
        || startedAt == null) {
      return false;
    }
    Duration period =
        policy.restartAttemptPeriod() == null
            ? DEFAULT_ATTEMPT_PERIOD
            : Duration.ofSeconds(policy.restartAttemptPeriod());
    return !finishedAt.isBefore(startedAt.plus(period));
  }
}
