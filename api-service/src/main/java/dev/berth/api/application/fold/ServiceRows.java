package dev.berth.api.application.fold;

import dev.berth.api.domain.fold.ServiceRow;
import dev.berth.contracts.service.ServiceEvent;
import dev.berth.contracts.service.ServiceStatusName;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** The services within a transaction. */
public interface ServiceRows {
  /** The statuses of the services of these ids that have a row. */
  Uni<Map<String, ServiceStatusName>> statuses(Collection<String> serviceIds);

  /** Locks the services of these ids that have a row. */
  Uni<Map<String, ServiceRow>> lock(Collection<String> serviceIds);

  /** Writes what was seen, and the desired record with its version. */
  Uni<Void> save(Collection<ServiceRow> services);

  /**
   * Keeps sentences about services.
   *
   * @return the ids of those that weren't there before
   */
  Uni<Set<String>> addEvents(Collection<ServiceEvent> events);
}
