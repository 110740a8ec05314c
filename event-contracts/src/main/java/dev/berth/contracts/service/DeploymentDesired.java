package dev.berth.contracts.service;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.Tag;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.time.Instant;
import java.util.List;

/**
 * A deployment of a service as api-service made it, with the whole task definition, so that the
 * scheduler asks nobody for it. {@code id} looks like {@code ecs-svc/1234567890123456789}. With a
 * {@code serviceRevisionArn} the {@code loadBalancers} and the {@code capacityProviderStrategy} are
 * those of that revision; without (records written before there were revisions) the service's
 * count. {@code containerImages} are the digests that the scheduler reported for it. {@code
 * completedAt} is when it was first COMPLETED: such a deployment is what a later one is rolled back
 * to.
 */
public record DeploymentDesired(
    String id,
    DeploymentStatus status,
    TaskDefinition taskDefinition,
    NetworkConfiguration networkConfiguration,
    String launchType,
    Instant createdAt,
    Instant updatedAt,
    String serviceRevisionArn,
    String serviceDeploymentArn,
    List<ServiceLoadBalancer> loadBalancers,
    List<CapacityProviderStrategyItem> capacityProviderStrategy,
    String platformVersion,
    List<ContainerImage> containerImages,
    Instant completedAt,
    List<Tag> taskTags) {
  public DeploymentDesired {
    loadBalancers = loadBalancers == null ? List.of() : List.copyOf(loadBalancers);
    capacityProviderStrategy =
        capacityProviderStrategy == null ? List.of() : List.copyOf(capacityProviderStrategy);
    containerImages = containerImages == null ? List.of() : List.copyOf(containerImages);
    taskTags = taskTags == null ? List.of() : List.copyOf(taskTags);
  }
}
