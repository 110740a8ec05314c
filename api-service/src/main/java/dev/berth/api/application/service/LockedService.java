package dev.berth.api.application.service;

import dev.berth.api.application.port.Services;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.service.Service;
import dev.berth.contracts.service.ServiceStatusName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds the service that a change names, and keeps it from changing until the transaction ends. */
@ApplicationScoped
public class LockedService {
  private final Services services;

  public LockedService(Services services) {
    this.services = services;
  }

  /** The ACTIVE or DRAINING service, or a ServiceNotFoundException. */
  public Uni<Service> live(String cluster, String nameOrArn) {
    String name = ServiceName.in(cluster, nameOrArn);
    return services
        .lock(cluster, name)
        .map(found -> found.orElseThrow(() -> DescribeServices.missing()));
  }

  /** The ACTIVE service, or a ServiceNotFoundException or ServiceNotActiveException. */
  public Uni<Service> active(String cluster, String nameOrArn) {
    String name = ServiceName.in(cluster, nameOrArn);
    return services
        .lock(cluster, name)
        .chain(
            locked ->
                locked.isPresent() ? Uni.createFrom().item(locked) : services.find(cluster, name))
        .map(
            found -> {
              Service service = found.orElseThrow(() -> DescribeServices.missing());
              if (service.desired().status() != ServiceStatusName.ACTIVE) {
                throw ProblemException.conflict(
                    "ServiceNotActiveException", "Service was not ACTIVE.");
              }
              return service;
            });
  }
}
