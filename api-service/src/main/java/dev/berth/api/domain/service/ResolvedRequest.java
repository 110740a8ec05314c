package dev.berth.api.domain.service;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.util.List;

/**
 * What a request to create or change a service names, found. Null members are kept as they are.
 *
 * @param launchType null beside a strategy
 * @param definitionTags the tags of the task definition's revision
 */
public record ResolvedRequest(
    TaskDefinition definition,
    List<dev.berth.contracts.taskdef.Tag> definitionTags,
    List<ServiceLoadBalancer> loadBalancers,
    String launchType,
    List<CapacityProviderStrategyItem> capacityProviderStrategy) {}
