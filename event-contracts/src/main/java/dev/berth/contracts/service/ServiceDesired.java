package dev.berth.contracts.service;

import dev.berth.contracts.Versioned;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.Tag;
import java.time.Instant;
import java.util.List;

/**
 * A service as users want it. Written by api-service to {@code berth.service.desired.v1}. The
 * deployments hold exactly one PRIMARY, first; ACTIVE ones follow while they still have tasks. A
 * service made anew under an old name has another {@code serviceId} and a larger version. With the
 * EXTERNAL deployment controller there are task sets instead of deployments. {@code
 * availabilityZoneRebalancing} is DISABLED and {@code deploymentController} ECS when absent. {@code
 * stopDeployment} is the newest wish to stop a deployment; it counts while that one is in progress.
 */
public record ServiceDesired(
    String cluster,
    String serviceName,
    String serviceId,
    long version,
    String installationId,
    String serviceArn,
    String clusterArn,
    ServiceStatusName status,
    SchedulingStrategy schedulingStrategy,
    int desiredCount,
    DeploymentConfiguration deploymentConfiguration,
    List<DeploymentDesired> deployments,
    List<ServiceLoadBalancer> loadBalancers,
    Integer healthCheckGracePeriodSeconds,
    List<PlacementConstraint> placementConstraints,
    List<PlacementStrategy> placementStrategy,
    List<CapacityProviderStrategyItem> capacityProviderStrategy,
    String propagateTags,
    List<Tag> tags,
    boolean enableExecuteCommand,
    Instant createdAt,
    AvailabilityZoneRebalancing availabilityZoneRebalancing,
    DeploymentController deploymentController,
    List<TaskSetDesired> taskSets,
    StopDeployment stopDeployment,
    String launchType,
    String platformVersion,
    Boolean enableECSManagedTags)
    implements Versioned {
  public ServiceDesired {
    deployments = deployments == null ? List.of() : List.copyOf(deployments);
    loadBalancers = loadBalancers == null ? List.of() : List.copyOf(loadBalancers);
    placementConstraints =
        placementConstraints == null ? List.of() : List.copyOf(placementConstraints);
    placementStrategy = placementStrategy == null ? List.of() : List.copyOf(placementStrategy);
    capacityProviderStrategy =
        capacityProviderStrategy == null ? List.of() : List.copyOf(capacityProviderStrategy);
    tags = tags == null ? List.of() : List.copyOf(tags);
    taskSets = taskSets == null ? List.of() : List.copyOf(taskSets);
  }

  /** Who rolls deployments, ECS unless set. */
  public DeploymentControllerType deploymentControllerType() {
    return deploymentController == null || deploymentController.type() == null
        ? DeploymentControllerType.ECS
        : deploymentController.type();
  }
}
