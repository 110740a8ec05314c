package dev.berth.api.domain.service;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.ContainerImage;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a deployment deployed (ECS: ServiceRevision). It never changes, but for the digests of its
 * images, which are known once its first task has resolved them.
 */
public record ServiceRevision(
    String serviceRevisionArn,
    String serviceArn,
    String clusterArn,
    String taskDefinition,
    List<CapacityProviderStrategyItem> capacityProviderStrategy,
    String launchType,
    String platformVersion,
    String platformFamily,
    List<ServiceLoadBalancer> loadBalancers,
    List<Map<String, Object>> serviceRegistries,
    NetworkConfiguration networkConfiguration,
    List<ContainerImage> containerImages,
    Map<String, Object> serviceConnectConfiguration,
    List<Map<String, Object>> volumeConfigurations,
    List<Map<String, Object>> vpcLatticeConfigurations,
    Instant createdAt) {}
