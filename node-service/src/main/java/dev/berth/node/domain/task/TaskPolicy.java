package dev.berth.node.domain.task;

import java.time.Duration;

/**
 * What the owner of a node decides about the life of its tasks.
 *
 * @param cleanupWait how long a stopped task's containers and logs are kept
 * @param stopTimeout between SIGTERM and SIGKILL, for containers that don't set it (ECS: 30 s)
 */
public record TaskPolicy(Duration cleanupWait, Duration stopTimeout) {
  /** Ten minutes of logs; ECS's stop timeout. */
  public static final TaskPolicy DEFAULT =
      new TaskPolicy(Duration.ofMinutes(10), Duration.ofSeconds(30));

  public TaskPolicy {
    if (cleanupWait.isNegative() || stopTimeout.isNegative()) {
      throw new IllegalArgumentException("Waits are 0 or longer");
    }
  }
}
