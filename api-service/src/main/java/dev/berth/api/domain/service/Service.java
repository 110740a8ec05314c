package dev.berth.api.domain.service;

import dev.berth.contracts.service.DeploymentControllerType;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.service.TaskSetDesired;
import dev.berth.contracts.taskdef.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A service: what was asked, and what the scheduler last said about it.
 *
 * @param options what was asked and the scheduler doesn't need
 * @param seen absent until the scheduler has spoken; of the same service id as {@code desired}
 * @param deletedAt when the service became INACTIVE, or null
 */
public record Service(
    ServiceDesired desired, ServiceOptions options, ServiceStatus seen, Instant deletedAt) {

  public Service {
    options = options == null ? ServiceOptions.NONE : options;
  }

  /** The same service with another wish. */
  public Service with(ServiceDesired changed) {
    return new Service(changed, options, seen, deletedAt);
  }

  /** The same service with other options. */
  public Service with(ServiceOptions changed) {
    return new Service(desired, changed, seen, deletedAt);
  }

  /** The same service with a later version of the same wish. */
  public Service atVersion(long version) {
    return with(ServiceWish.of(desired).version(version).build());
  }

  /** The same service with other tags of its own. */
  public Service tagged(List<Tag> tags, long version) {
    return with(ServiceWish.of(desired).version(version).tags(tags).build());
  }

  /** The same service, one of whose task sets has other tags. */
  public Service taskSetTagged(String taskSetId, List<Tag> tags, long version) {
    return with(
        ServiceWish.of(desired)
            .version(version)
            .taskSets(
                desired.taskSets().stream()
                    .map(one -> one.id().equals(taskSetId) ? tagged(one, tags) : one)
                    .toList())
            .build());
  }

  private static TaskSetDesired tagged(TaskSetDesired set, List<Tag> tags) {
    return new TaskSetDesired(
        set.id(),
        set.taskSetArn(),
        set.status(),
        set.taskDefinition(),
        set.networkConfiguration(),
        set.loadBalancers(),
        set.launchType(),
        set.capacityProviderStrategy(),
        set.platformVersion(),
        set.scale(),
        set.startedBy(),
        set.externalId(),
        tags,
        set.createdAt(),
        set.updatedAt());
  }

  /** The service after its last task is gone. */
  public Service inactive(long version, Instant now) {
    return new Service(
        ServiceWish.of(desired).version(version).status(ServiceStatusName.INACTIVE).build(),
        options,
        seen,
        now);
  }

  /** Whether whoever uses it rolls its task sets (ECS: the EXTERNAL deployment controller). */
  public boolean isExternal() {
    return desired.deploymentControllerType() == DeploymentControllerType.EXTERNAL;
  }

  /** The PRIMARY deployment; a service with task sets has none. */
  public Optional<DeploymentDesired> primary() {
    return desired.deployments().stream().findFirst();
  }
}
