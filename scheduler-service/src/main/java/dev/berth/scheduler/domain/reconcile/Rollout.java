package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.DeploymentControllerType;
import dev.berth.contracts.service.DeploymentStrategy;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;

/** The ways in which a service gets from one revision to the next. */
sealed interface Rollout {
  /** Tasks are exchanged a few at a time (ECS: rolling update). */
  record Rolling() implements Rollout {}

  /** One task for each suitable instance, exchanged in place (ECS: DAEMON). */
  record Daemon() implements Rollout {}

  /** Somebody else decides, by task sets (ECS: EXTERNAL deployment controller). */
  record External() implements Rollout {}

  /**
   * A second set of tasks takes the traffic over, at once or in steps (ECS: blue/green, linear,
   * canary). Its decisions will live beside {@link ReplicaPlan}; until then api-service refuses
   * such a service, and one that comes all the same is rolled.
   */
  record TrafficShift(DeploymentStrategy strategy) implements Rollout {}

  static Rollout of(ServiceDesired service) {
    if (service.deploymentControllerType() == DeploymentControllerType.EXTERNAL) {
      return new External();
    }
    if (service.schedulingStrategy() == SchedulingStrategy.DAEMON) {
      return new Daemon();
    }
    DeploymentConfiguration configuration = service.deploymentConfiguration();
    DeploymentStrategy strategy = configuration == null ? null : configuration.strategy();
    return strategy == null || strategy == DeploymentStrategy.ROLLING
        ? new Rolling()
        : new TrafficShift(strategy);
  }
}
