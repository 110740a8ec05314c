package dev.berth.contracts.task;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.Tag;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.TaskOverride;
import java.time.Instant;
import java.util.List;

/**
 * A one-off task as RunTask or StartTask asked for it. With {@code containerInstance} (an id) it is
 * a StartTask: nothing is chosen. After {@code expiresAt} nobody may place it. With {@code
 * placementTimeoutSeconds} above 0 the task waits for room until then instead of being refused at
 * once; absent or 0 means refuse at once, as ECS does.
 */
public record RunTaskSpec(
    TaskDefinition taskDefinition,
    TaskOverride overrides,
    String group,
    String startedBy,
    String launchType,
    String containerInstance,
    NetworkConfiguration networkConfiguration,
    List<PlacementConstraint> placementConstraints,
    List<PlacementStrategy> placementStrategy,
    List<CapacityProviderStrategyItem> capacityProviderStrategy,
    List<Tag> tags,
    boolean enableExecuteCommand,
    Instant createdAt,
    Instant expiresAt,
    Integer placementTimeoutSeconds,
    String platformVersion) {
  public RunTaskSpec {
    placementConstraints =
        placementConstraints == null ? List.of() : List.copyOf(placementConstraints);
    placementStrategy = placementStrategy == null ? List.of() : List.copyOf(placementStrategy);
    capacityProviderStrategy =
        capacityProviderStrategy == null ? List.of() : List.copyOf(capacityProviderStrategy);
    tags = tags == null ? List.of() : List.copyOf(tags);
  }
}
