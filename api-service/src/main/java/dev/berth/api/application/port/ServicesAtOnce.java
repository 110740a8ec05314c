package dev.berth.api.application.port;

import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceDescription;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Services with all that a description needs, read in one go: the read that clients poll. */
public interface ServicesAtOnce {
  /** A service and its newest sentences, newest first. */
  record Found(Service service, List<ServiceDescription.Event> events) {}

  /**
   * The services of these names, committed by now; of each the live one, else the one deleted last.
   *
   * @param events the most of each service
   * @return in no order; empty if there is no ACTIVE cluster of the name
   */
  Uni<Optional<List<Found>>> find(String cluster, Collection<String> names, int events);
}
