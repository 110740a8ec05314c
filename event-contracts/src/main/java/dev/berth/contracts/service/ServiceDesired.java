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
 * service made anew under an old name has another {@code serviceId} and a larger version.
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
    Instant createdAt)
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
  }
}
