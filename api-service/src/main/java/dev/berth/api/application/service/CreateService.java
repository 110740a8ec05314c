package dev.berth.api.application.service;

import dev.berth.api.application.Idempotency;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.Ids;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.service.ResolvedRequest;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceChanges;
import dev.berth.api.domain.service.ServiceDescription;
import dev.berth.api.domain.service.ServiceRequest;
import dev.berth.api.domain.service.ServiceRules;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.service.ServiceStatusName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** CreateService: the service and its first deployment, in one transaction. */
@ApplicationScoped
public class CreateService {
  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final ServiceResolver resolver;
  private final DeploymentKeeper records;
  private final Services services;
  private final Versions versions;
  private final Outbox outbox;
  private final Idempotency idempotency;
  private final Ids ids;
  private final Identity identity;
  private final InstantSource clock;

  public CreateService(
      Transactions transactions,
      ActiveCluster clusters,
      ServiceResolver resolver,
      DeploymentKeeper records,
      Services services,
      Versions versions,
      Outbox outbox,
      Idempotency idempotency,
      Ids ids,
      Identity identity,
      InstantSource clock) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.resolver = resolver;
    this.records = records;
    this.services = services;
    this.versions = versions;
    this.outbox = outbox;
    this.idempotency = idempotency;
    this.ids = ids;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Creates a service.
   *
   * @param createdBy who asks, as an ARN, or null
   */
  public Uni<ServiceDescription> create(String cluster, ServiceRequest request, String createdBy) {
    ServiceRules.check(request).throwIfAny();
    return transactions.inTransaction(
        () ->
            clusters
                .named(cluster)
                .chain(
                    found ->
                        idempotency
                            .once(
                                "CreateService " + found.cluster(),
                                request.clientToken(),
                                request,
                                () -> make(found, request, createdBy))
                            .chain(made -> services.find(found.cluster(), request.serviceName())))
                .map(service -> ServiceDescription.of(service.orElseThrow(), List.of())));
  }

  private Uni<List<String>> make(ClusterDesired cluster, ServiceRequest request, String createdBy) {
    return services
        .lock(cluster.cluster(), request.serviceName())
        .invoke(found -> found.ifPresent(CreateService::refuse))
        .chain(() -> resolver.resolve(cluster, request))
        .chain(found -> store(cluster.cluster(), request, found, createdBy));
  }

  private Uni<List<String>> store(
      String cluster, ServiceRequest request, ResolvedRequest found, String createdBy) {
    String key = Keys.service(cluster, request.serviceName());
    Instant now = clock.instant();
    return versions
        .next()
        .map(
            version ->
                ServiceChanges.created(
                    request,
                    found,
                    cluster,
                    identity,
                    ids.serviceId(),
                    records.names(cluster, request.serviceName()),
                    createdBy,
                    version,
                    now))
        .call(services::add)
        .call(service -> records.add(service, now))
        .call(() -> outbox.changed(Topic.SERVICE_DESIRED, key, cluster))
        .map(service -> List.of(service.desired().serviceId()));
  }

  private static void refuse(Service found) {
    throw found.desired().status() == ServiceStatusName.DRAINING
        ? ProblemException.conflict(
            "InvalidParameterException", "Unable to Start a service that is still Draining.")
        : ProblemException.conflict(
            "InvalidParameterException", "Creation of service was not idempotent.");
  }
}
