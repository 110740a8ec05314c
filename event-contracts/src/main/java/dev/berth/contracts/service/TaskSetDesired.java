package dev.berth.contracts.service;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.Tag;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.time.Instant;
import java.util.List;

/**
 * A task set of a service with the EXTERNAL deployment controller (ECS: TaskSet), with the whole
 * task definition. {@code id} looks like {@code ecs-svc/1234567890123456789}; its tasks carry it as
 * their deployment id and {@code startedBy}. It stays listed as DRAINING until service.status no
 * longer lists it.
 */
public record TaskSetDesired(
    String id,
    String taskSetArn,
    TaskSetStatus status,
    TaskDefinition taskDefinition,
    NetworkConfiguration networkConfiguration,
    List<ServiceLoadBalancer> loadBalancers,
    String launchType,
    List<CapacityProviderStrategyItem> capacityProviderStrategy,
    String platformVersion,
    Scale scale,
    String startedBy,
    String externalId,
    List<Tag> tags,
    Instant createdAt,
    Instant updatedAt) {
  public TaskSetDesired {
    loadBalancers = loadBalancers == null ? List.of() : List.copyOf(loadBalancers);
    capacityProviderStrategy =
        capacityProviderStrategy == null ? List.of() : List.copyOf(capacityProviderStrategy);
    tags = tags == null ? List.of() : List.copyOf(tags);
  }
}
