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
    Instant deregisteredAt) {}
