package dev.berth.api.domain.service;

import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import java.time.Instant;

/**
 * A service: what was asked, and what the scheduler last said about it.
 *
 * @param seen absent until the scheduler has spoken; of the same service id as {@code desired}
 * @param deletedAt when the service became INACTIVE, or null
 */
public record Service(ServiceDesired desired, ServiceStatus seen, Instant deletedAt) {

  /** The same service with another wish. */
  public Service with(ServiceDesired changed) {
    return new Service(changed, seen, deletedAt);
  }

  /** The same service with a later version of the same wish. */
  public Service atVersion(long version) {
    return with(ServiceWish.of(desired).version(version).build());
  }

  /** The service after its last task is gone. */
  public Service inactive(long version, Instant now) {
    return new Service(
        ServiceWish.of(desired).version(version).status(ServiceStatusName.INACTIVE).build(),
        seen,
        now);
  }

  /** Whether the scheduler has answered to the newest version of what is wanted. */
  public boolean isObserved() {
    return seen != null && seen.observedVersion() >= desired.version();
  }
}
