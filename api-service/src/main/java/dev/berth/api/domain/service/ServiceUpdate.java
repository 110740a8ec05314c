package dev.berth.api.domain.service;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.AvailabilityZoneRebalancing;
import dev.berth.contracts.service.DeploymentController;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import java.util.List;
import java.util.Map;

/**
 * What to change of a service (ECS: UpdateService). Absent members change nothing; an empty list
 * takes away what was there.
 */
public record ServiceUpdate(
    Integer desiredCount,
    String taskDefinition,
    Boolean forceNewDeployment,
    DeploymentOptions deploymentConfiguration,
    List<ServiceLoadBalancer> loadBalancers,
    Integer healthCheckGracePeriodSeconds,
    NetworkConfiguration networkConfiguration,
    List<PlacementConstraint> placementConstraints,
    List<PlacementStrategy> placementStrategy,
    List<CapacityProviderStrategyItem> capacityProviderStrategy,
    String propagateTags,
    Boolean enableExecuteCommand,
    Boolean enableECSManagedTags,
    DeploymentController deploymentController,
    AvailabilityZoneRebalancing availabilityZoneRebalancing,
    String platformVersion,
    List<Map<String, Object>> serviceRegistries,
    Map<String, Object> serviceConnectConfiguration,
    List<Map<String, Object>> volumeConfigurations,
    List<Map<String, Object>> vpcLatticeConfigurations) {}
