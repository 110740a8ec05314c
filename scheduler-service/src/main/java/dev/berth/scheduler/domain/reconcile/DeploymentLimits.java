package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.service.DeploymentConfiguration;

/**
 * How few healthy and how many live tasks a service may have while its tasks are exchanged (ECS:
 * DeploymentConfiguration).
 *
 * @param minHealthy tasks that must stay healthy: the percentage of the desired count, rounded up
 * @param maxLive tasks that may be pending or running: the percentage, rounded down
 */
record DeploymentLimits(int minHealthy, int maxLive) {
  static DeploymentLimits replica(DeploymentConfiguration configuration, int desiredCount) {
    return of(
        desiredCount,
        configuration == null ? 100 : configuration.minimumHealthyPercentOrDefault(),
        configuration == null ? 200 : configuration.maximumPercentOrDefault());
  }

  /** A daemon's instance has room for one task only: the old one stops first. */
  static DeploymentLimits daemon(DeploymentConfiguration configuration, int desiredCount) {
    Integer minimum = configuration == null ? null : configuration.minimumHealthyPercent();
    return of(desiredCount, minimum == null ? 0 : minimum, 100);
  }

  private static DeploymentLimits of(int desiredCount, int minimumPercent, int maximumPercent) {
    return new DeploymentLimits(
        (int) Math.ceilDiv((long) desiredCount * minimumPercent, 100L),
        (int) Math.floorDiv((long) desiredCount * maximumPercent, 100L));
  }
}
