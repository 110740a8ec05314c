package dev.berth.api.domain.service;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.RolloutState;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A deployment as the API shows it (ECS: Deployment). */
public record DeploymentDescription(
    String id,
    DeploymentStatus status,
    String taskDefinition,
    int desiredCount,
    int pendingCount,
    int runningCount,
    int failedTasks,
    RolloutState rolloutState,
    String rolloutStateReason,
    String launchType,
    List<CapacityProviderStrategyItem> capacityProviderStrategy,
    String platformVersion,
    String platformFamily,
    NetworkConfiguration networkConfiguration,
    Map<String, Object> serviceConnectConfiguration,
    List<Map<String, Object>> volumeConfigurations,
    List<Map<String, Object>> vpcLatticeConfigurations,
    Instant createdAt,
    Instant updatedAt) {}
