package dev.berth.api.domain.service;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.Tag;
import java.util.List;

/** A service to create (ECS: CreateService). Absent members stay null. */
public record ServiceRequest(
    String serviceName,
    String taskDefinition,
    Integer desiredCount,
    SchedulingStrategy schedulingStrategy,
    String launchType,
    DeploymentConfiguration deploymentConfiguration,
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
    String clientToken) {}
