package dev.berth.api.domain.fold;

import dev.berth.api.domain.service.ServiceWish;
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
    Instant deletedAt) {

  /** The same service with a new version of what is wanted. */
  public ServiceRow withVersion(long newVersion) {
    return new ServiceRow(
        id,
        cluster,
        name,
        status,
        newVersion,
        ServiceWish.of(desired).version(newVersion).build(),
        seenVersion,
        seen,
        deletedAt);
  }
}
