package dev.berth.api.domain.fold;

import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.instance.InstanceStatusName;
import java.time.Instant;

/** A container instance as api-service keeps it: asked, and seen by its node. */
public record InstanceRow(
    String id,
    String cluster,
    InstanceStatusName status,
    long version,
    ContainerInstanceDesired desired,
    long seenVersion,
    ContainerInstanceStatus seen,
    Instant registeredAt,
    Instant deregisteredAt) {

  /** The same instance with a new version of what is wanted. */
  public InstanceRow withVersion(long newVersion) {
    return new InstanceRow(
        id,
        cluster,
        status,
        newVersion,
        new ContainerInstanceDesired(
            desired.containerInstanceId(),
            desired.cluster(),
            newVersion,
            desired.installationId(),
            desired.status(),
            desired.force(),
            desired.attributes(),
            desired.capacityProviders()),
        seenVersion,
        seen,
        registeredAt,
        deregisteredAt);
  }
}
