package dev.berth.api.application.service;

import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceChanges;
import dev.berth.api.domain.service.ServiceDescription;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.service.ServiceStatusName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * DeleteService: the service drains, and becomes INACTIVE once the scheduler says that its last
 * task is gone.
 */
@ApplicationScoped
public class DeleteService {
  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final DescribeServices describe;
  private final Services services;
  private final Versions versions;
  private final Outbox outbox;

  public DeleteService(
      Transactions transactions,
      ActiveCluster clusters,
      DescribeServices describe,
      Services services,
      Versions versions,
      Outbox outbox) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.describe = describe;
    this.services = services;
    this.versions = versions;
    this.outbox = outbox;
  }

  /**
   * Deletes a service.
   *
   * @param force also while it wants tasks
   */
  public Uni<ServiceDescription> delete(String cluster, String serviceName, boolean force) {
    String name = Arns.shortName(serviceName);
    return transactions.inTransaction(
        () ->
            clusters
                .named(cluster)
                .chain(
                    found ->
                        services
                            .lock(found.cluster(), name)
                            .map(
                                service ->
                                    service.orElseThrow(() -> DescribeServices.missing(name)))
                            .chain(service -> drain(service, force)))
                .chain(describe::withEvents));
  }

  private Uni<Service> drain(Service service, boolean force) {
    if (service.desired().status() == ServiceStatusName.DRAINING) {
      return Uni.createFrom().item(service);
    }
    if (service.desired().desiredCount() > 0 && !force) {
      throw ProblemException.conflict(
          "InvalidParameterException",
          "The service can't be deleted while it wants "
              + service.desired().desiredCount()
              + " tasks: scale it to 0 first, or use force.");
    }
    String cluster = service.desired().cluster();
    return versions
        .next()
        .map(version -> ServiceChanges.draining(service, version))
        .call(services::update)
        .call(
            () ->
                outbox.changed(
                    Topic.SERVICE_DESIRED,
                    Keys.service(cluster, service.desired().serviceName()),
                    cluster));
  }
}
