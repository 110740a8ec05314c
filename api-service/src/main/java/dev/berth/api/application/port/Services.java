package dev.berth.api.application.port;

import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceDescription;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Services, the live ones and those deleted a short while ago. */
public interface Services {
  /** The live service of a name, else the one of that name deleted last. */
  Uni<Optional<Service>> find(String cluster, String name);

  /** Finds the live service of a name and keeps it from changing until the transaction ends. */
  Uni<Optional<Service>> lock(String cluster, String name);

  /** Which services to list; absent members don't restrict. */
  record ServiceFilter(String cluster, String launchType, String schedulingStrategy) {}

  /** Live services in the order of their names. */
  Uni<List<Service>> list(ServiceFilter filter, String after, int limit);

  /** Live services of all clusters that use a Service Connect namespace, in the order of ARNs. */
  Uni<List<Service>> byNamespace(String namespace, String afterArn, int limit);

  Uni<Void> add(Service service);

  /** Writes the wish and the status; what was seen is the folds' business. */
  Uni<Void> update(Service service);

  /** The live services that send a target group requests, as {@code cluster/name}. */
  Uni<List<String>> usingTargetGroup(String targetGroupArn);

  /** Sentences about a service, newest first. */
  Uni<List<ServiceDescription.Event>> events(String serviceId, int limit);
}
