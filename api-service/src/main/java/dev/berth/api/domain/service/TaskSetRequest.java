package dev.berth.api.domain.service;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.Scale;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.Tag;
import java.util.List;
import java.util.Map;

/** A task set to create (ECS: CreateTaskSet). Absent members stay null. */
public record TaskSetRequest(
    String externalId,
    String taskDefinition,
    NetworkConfiguration networkConfiguration,
    List<ServiceLoadBalancer> loadBalancers,
    List<Map<String, Object>> serviceRegistries,
    String launchType,
    List<CapacityProviderStrategyItem> capacityProviderStrategy,
    String platformVersion,
    Scale scale,
    String clientToken,
    List<Tag> tags) {}
