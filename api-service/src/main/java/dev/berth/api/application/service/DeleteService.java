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
import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceStatusName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;

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
  private final LockedService locked;
  private final DeploymentKeeper records;
  private final InstantSource clock;

  public DeleteService(
      Transactions transactions,
      ActiveCluster clusters,
      DescribeServices describe,
      Services services,
      Versions versions,
      Outbox outbox,
      LockedService locked,
      DeploymentKeeper records,
      InstantSource clock) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.describe = describe;
    this.services = services;
    this.versions = versions;
    this.outbox = outbox;
    this.locked = locked;
    this.records = records;
    this.clock = clock;
  }

  /**
   * Deletes a service.
   *
   * @param force also while it wants tasks
   */
  public Uni<ServiceDescription> delete(String cluster, String serviceName, boolean force) {
    return transactions.inTransaction(
        () ->
            clusters
                .named(cluster)
                .chain(
                    found ->
                        locked
                            .live(found.cluster(), serviceName)
                            .chain(service -> drain(service, force)))
                .chain(describe::withEvents));
  }

  private Uni<Service> drain(Service service, boolean force) {
    if (service.desired().status() == ServiceStatusName.DRAINING) {
      return Uni.createFrom().item(service);
    }
    boolean daemon = service.desired().schedulingStrategy() == SchedulingStrategy.DAEMON;
    if (service.desired().desiredCount() > 0 && !daemon && !force) {
      throw ProblemException.conflict(
          "InvalidParameterException",
          "The service cannot be stopped while it is scaled above 0. Scale it to 0 first, or use"
              + " force.");
    }
    if (!service.desired().taskSets().isEmpty() && !force) {
      throw ProblemException.conflict(
          "InvalidParameterException",
          "The service cannot be deleted while it has task sets: delete them first, or use force.");
    }
    Instant now = clock.instant();
    String cluster = service.desired().cluster();
    return versions
        .next()
        .map(version -> ServiceChanges.draining(service, version))
        .call(services::update)
        .call(() -> records.end(service, now))
        .call(
            () ->
                outbox.changed(
                    Topic.SERVICE_DESIRED,
                    Keys.service(cluster, service.desired().serviceName()),
                    cluster));
  }
}
