package dev.berth.api.domain.fold;

import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import java.time.Instant;

/** A service as api-service keeps it: asked, and seen by the scheduler. */
public record ServiceRow(
    String id,
    String cluster,
    String name,
    ServiceStatusName status,
    long version,
    ServiceDesired desired,
    long seenVersion,
    ServiceStatus seen,
    Instant deletedAt) {}
