package dev.berth.api.domain.service;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import java.util.List;

/** What to change of a service (ECS: UpdateService). Absent members change nothing. */
public record ServiceUpdate(
    Integer desiredCount,
    String taskDefinition,
    Boolean forceNewDeployment,
    DeploymentConfiguration deploymentConfiguration,
    List<ServiceLoadBalancer> loadBalancers,
    Integer healthCheckGracePeriodSeconds,
    NetworkConfiguration networkConfiguration,
    List<PlacementConstraint> placementConstraints,
    List<PlacementStrategy> placementStrategy,
    List<CapacityProviderStrategyItem> capacityProviderStrategy,
    String propagateTags,
    Boolean enableExecuteCommand) {}
