package dev.berth.api.domain.task;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.Tag;
import dev.berth.contracts.taskdef.TaskOverride;
import java.util.List;
import java.util.Map;

/**
 * Tasks to run (ECS: RunTask). With {@code containerInstances}, ids or ARNs, one task is started on
 * each of them and nothing is chosen (ECS: StartTask). Absent members stay null.
 *
 * @param placementTimeout seconds to wait for room instead of being refused at once, 0 to 86,400;
 *     ECS doesn't have it
 */
public record RunTaskRequest(
    String taskDefinition,
    Integer count,
    List<String> containerInstances,
    TaskOverride overrides,
    String group,
    String startedBy,
    String launchType,
    NetworkConfiguration networkConfiguration,
    List<PlacementConstraint> placementConstraints,
    List<PlacementStrategy> placementStrategy,
    List<CapacityProviderStrategyItem> capacityProviderStrategy,
    Boolean enableECSManagedTags,
    Boolean enableExecuteCommand,
    String propagateTags,
    List<Tag> tags,
    String clientToken,
    String platformVersion,
    String referenceId,
    List<Map<String, Object>> volumeConfigurations,
    Integer placementTimeout) {}
