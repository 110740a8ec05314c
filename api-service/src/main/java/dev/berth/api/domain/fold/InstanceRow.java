package dev.berth.api.domain.fold;

import dev.berth.api.domain.instance.ContainerInstance;
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

  /** The row of a described instance. */
  public static InstanceRow of(ContainerInstance instance) {
    return new InstanceRow(
        instance.desired().containerInstanceId(),
        instance.desired().cluster(),
        instance.desired().status(),
        instance.desired().version(),
        instance.desired(),
        instance.seen() == null ? 0 : instance.seen().version(),
        instance.seen(),
        instance.registeredAt(),
        instance.deregisteredAt());
  }

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
