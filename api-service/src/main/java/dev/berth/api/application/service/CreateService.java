package dev.berth.api.application.service;

import dev.berth.api.application.Idempotency;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.Ids;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.application.taskdefinition.UsableTaskDefinition;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceChanges;
import dev.berth.api.domain.service.ServiceDescription;
import dev.berth.api.domain.service.ServiceRequest;
import dev.berth.api.domain.service.ServiceRules;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.taskdef.TaskDefinition;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;

/** CreateService: the service and its first deployment, in one transaction. */
@ApplicationScoped
public class CreateService {
  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final UsableTaskDefinition definitions;
  private final ServiceTargets targets;
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
      UsableTaskDefinition definitions,
      ServiceTargets targets,
      Services services,
      Versions versions,
      Outbox outbox,
      Idempotency idempotency,
      Ids ids,
      Identity identity,
      InstantSource clock) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.definitions = definitions;
    this.targets = targets;
    this.services = services;
    this.versions = versions;
    this.outbox = outbox;
    this.idempotency = idempotency;
    this.ids = ids;
    this.identity = identity;
    this.clock = clock;
  }

  public Uni<ServiceDescription> create(String cluster, ServiceRequest request) {
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
                                () -> make(found.cluster(), request))
                            .chain(made -> services.find(found.cluster(), request.serviceName())))
                .map(service -> ServiceDescription.of(service.orElseThrow(), List.of())));
  }

  private Uni<List<String>> make(String cluster, ServiceRequest request) {
    return services
        .lock(cluster, request.serviceName())
        .invoke(found -> found.ifPresent(CreateService::refuse))
        .chain(() -> definitions.active("taskDefinition", request.taskDefinition()))
        .chain(
            revision -> {
              Violations violations = new Violations();
              ServiceRules.fits(
                  revision.definition(),
                  request.loadBalancers(),
                  request.networkConfiguration(),
                  violations);
              return targets
                  .resolved(request.loadBalancers(), violations)
                  .invoke(violations::throwIfAny)
                  .chain(
                      loadBalancers ->
                          store(cluster, request, loadBalancers, revision.definition()));
            });
  }

  private Uni<List<String>> store(
      String cluster,
      ServiceRequest request,
      List<ServiceLoadBalancer> loadBalancers,
      TaskDefinition definition) {
    String key = Keys.service(cluster, request.serviceName());
    return versions
        .next()
        .map(
            version ->
                ServiceChanges.created(
                    request,
                    loadBalancers,
                    cluster,
                    definition,
                    identity,
                    ids.serviceId(),
                    ids.deploymentId(),
                    version,
                    clock.instant()))
        .call(services::add)
        .call(() -> outbox.changed(Topic.SERVICE_DESIRED, key, cluster))
        .map(service -> List.of(service.desired().serviceId()));
  }

  private static void refuse(Service found) {
    throw found.desired().status() == ServiceStatusName.DRAINING
        ? ProblemException.conflict(
            "ServiceNotActiveException",
            "A service of this name is still draining; its last tasks are being stopped.")
        : ProblemException.conflict(
            "ClientException", "There is already a service of this name in the cluster.");
  }
}
