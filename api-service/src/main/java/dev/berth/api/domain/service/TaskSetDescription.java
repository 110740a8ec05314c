package dev.berth.api.domain.service;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.Scale;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.service.StabilityStatus;
import dev.berth.contracts.service.TaskSetDesired;
import dev.berth.contracts.service.TaskSetState;
import dev.berth.contracts.service.TaskSetStatus;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A task set as the API shows it (ECS: TaskSet).
 *
 * @param computedDesiredCount the service's desired count times the scale, rounded up
 */
public record TaskSetDescription(
    String id,
    String taskSetArn,
    String serviceArn,
    String clusterArn,
    String startedBy,
    String externalId,
    TaskSetStatus status,
    String taskDefinition,
    int computedDesiredCount,
    int pendingCount,
    int runningCount,
    String launchType,
    List<CapacityProviderStrategyItem> capacityProviderStrategy,
    String platformVersion,
    NetworkConfiguration networkConfiguration,
    List<ServiceLoadBalancer> loadBalancers,
    List<Map<String, Object>> serviceRegistries,
    Scale scale,
    StabilityStatus stabilityStatus,
    Instant stabilityStatusAt,
    List<Tag> tags,
    Instant createdAt,
    Instant updatedAt) {

  /** Merges what was asked of a service's task set with what the scheduler said. */
  public static TaskSetDescription of(Service service, TaskSetDesired set) {
    ServiceDesired desired = service.desired();
    TaskSetState state =
        service.seen() == null
            ? null
            : service.seen().taskSets().stream()
                .filter(one -> one.id().equals(set.id()))
                .findFirst()
                .orElse(null);
    int wanted = TaskSets.computedDesiredCount(desired.desiredCount(), set);
    boolean answered = state != null && state.computedDesiredCount() == wanted;
    return new TaskSetDescription(
        set.id(),
        set.taskSetArn(),
        desired.serviceArn(),
        desired.clusterArn(),
        set.startedBy(),
        set.externalId(),
        set.status(),
        set.taskDefinition().taskDefinitionArn(),
        wanted,
        state == null ? 0 : state.pendingCount(),
        state == null ? 0 : state.runningCount(),
        set.launchType(),
        set.capacityProviderStrategy(),
        set.platformVersion(),
        set.networkConfiguration(),
        set.loadBalancers(),
        service.options().of(set.id()).serviceRegistries(),
        set.scale(),
        answered ? state.stabilityStatus() : StabilityStatus.STABILIZING,
        state == null || state.stabilityStatusAt() == null
            ? set.updatedAt()
            : state.stabilityStatusAt(),
        set.tags(),
        set.createdAt(),
        set.updatedAt());
  }
}
