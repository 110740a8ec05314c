package dev.berth.contracts.taskdef;

import java.util.List;

/**
 * Restarts of a container inside its task, by the node (ECS: ContainerRestartPolicy). {@code
 * restartAttemptPeriod} is in seconds, 60 to 1800 (300).
 */
public record ContainerRestartPolicy(
    Boolean enabled, List<Integer> ignoredExitCodes, Integer restartAttemptPeriod) {
  public ContainerRestartPolicy {
    ignoredExitCodes = Lists.of(ignoredExitCodes);
  }
}
