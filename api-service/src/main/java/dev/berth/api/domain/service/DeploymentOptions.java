package dev.berth.api.domain.service;

import dev.berth.contracts.service.DeploymentAlarms;
import dev.berth.contracts.service.DeploymentCircuitBreaker;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.DeploymentControllerType;
import dev.berth.contracts.service.DeploymentStrategy;
import java.util.List;
import java.util.Map;

/**
 * How deployments of a service go, as the API takes and shows it (ECS: DeploymentConfiguration).
 * Lifecycle hooks and the configurations of the gradual strategies are kept in ECS's own shape.
 * Absent members stay null.
 */
public record DeploymentOptions(
    Integer minimumHealthyPercent,
    Integer maximumPercent,
    DeploymentCircuitBreaker deploymentCircuitBreaker,
    DeploymentAlarms alarms,
    DeploymentStrategy strategy,
    Integer bakeTimeInMinutes,
    List<Map<String, Object>> lifecycleHooks,
    Map<String, Object> linearConfiguration,
    Map<String, Object> canaryConfiguration) {
  private static final DeploymentCircuitBreaker OFF =
      new DeploymentCircuitBreaker(false, false, null, null);

  /** As ECS shows it: a service that it deploys has a circuit breaker, if only one that is off. */
  static DeploymentOptions shown(
      DeploymentConfiguration configuration,
      List<Map<String, Object>> lifecycleHooks,
      DeploymentControllerType controller) {
    boolean off =
        configuration != null
            && configuration.deploymentCircuitBreaker() == null
            && controller == DeploymentControllerType.ECS;
    return of(
        off
            ? new DeploymentConfiguration(
                configuration.minimumHealthyPercent(),
                configuration.maximumPercent(),
                OFF,
                configuration.strategy(),
                configuration.bakeTimeInMinutes(),
                configuration.alarms())
            : configuration,
        lifecycleHooks);
  }

  /** What the scheduler is told, with the members that a service brings as lifecycle hooks. */
  static DeploymentOptions of(
      DeploymentConfiguration configuration, List<Map<String, Object>> lifecycleHooks) {
    return configuration == null
        ? null
        : new DeploymentOptions(
            configuration.minimumHealthyPercent(),
            configuration.maximumPercent(),
            configuration.deploymentCircuitBreaker(),
            configuration.alarms(),
            configuration.strategy(),
            configuration.bakeTimeInMinutes(),
            lifecycleHooks == null || lifecycleHooks.isEmpty() ? null : lifecycleHooks,
            null,
            null);
  }

  /** What the scheduler needs of it, over what holds where a member is absent. */
  DeploymentConfiguration over(DeploymentConfiguration base) {
    return new DeploymentConfiguration(
        known(minimumHealthyPercent, base.minimumHealthyPercent()),
        known(maximumPercent, base.maximumPercent()),
        known(deploymentCircuitBreaker, base.deploymentCircuitBreaker()),
        known(strategy, base.strategy()),
        known(bakeTimeInMinutes, base.bakeTimeInMinutes()),
        known(alarms, base.alarms()));
  }

  private static <T> T known(T asked, T otherwise) {
    return asked != null ? asked : otherwise;
  }
}
