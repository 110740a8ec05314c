package dev.berth.api.domain.service;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.AvailabilityZoneRebalancing;
import dev.berth.contracts.service.DeploymentController;
import dev.berth.contracts.service.DeploymentControllerType;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.Tag;
import java.util.List;
import java.util.Map;

/** A service to create (ECS: CreateService). Absent members stay null. */
public record ServiceRequest(
    String serviceName,
    String taskDefinition,
    Integer desiredCount,
    SchedulingStrategy schedulingStrategy,
    String launchType,
    DeploymentOptions deploymentConfiguration,
    List<ServiceLoadBalancer> loadBalancers,
    Integer healthCheckGracePeriodSeconds,
    NetworkConfiguration networkConfiguration,
    List<PlacementConstraint> placementConstraints,
    List<PlacementStrategy> placementStrategy,
    List<CapacityProviderStrategyItem> capacityProviderStrategy,
    String propagateTags,
    Boolean enableECSManagedTags,
    Boolean enableExecuteCommand,
    List<Tag> tags,
    String clientToken,
    DeploymentController deploymentController,
    AvailabilityZoneRebalancing availabilityZoneRebalancing,
    String platformVersion,
    String role,
    List<Map<String, Object>> serviceRegistries,
    Map<String, Object> serviceConnectConfiguration,
    List<Map<String, Object>> volumeConfigurations,
    List<Map<String, Object>> vpcLatticeConfigurations) {

  /** Who rolls its deployments, ECS unless asked otherwise. */
  public DeploymentControllerType controller() {
    return deploymentController == null || deploymentController.type() == null
        ? DeploymentControllerType.ECS
        : deploymentController.type();
  }
}
