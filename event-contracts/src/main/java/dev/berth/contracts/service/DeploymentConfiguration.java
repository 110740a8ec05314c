package dev.berth.contracts.service;

/**
 * How a rolling deployment goes (ECS: DeploymentConfiguration). {@code minimumHealthyPercent} is 0
 * to 100 (100), {@code maximumPercent} 100 to 200 and more (200), {@code strategy} ROLLING when
 * absent.
 */
public record DeploymentConfiguration(
    Integer minimumHealthyPercent,
    Integer maximumPercent,
    DeploymentCircuitBreaker deploymentCircuitBreaker,
    DeploymentStrategy strategy,
    Integer bakeTimeInMinutes,
    DeploymentAlarms alarms) {
  public int minimumHealthyPercentOrDefault() {
    return minimumHealthyPercent == null ? 100 : minimumHealthyPercent;
  }

  public int maximumPercentOrDefault() {
    return maximumPercent == null ? 200 : maximumPercent;
  }
}
