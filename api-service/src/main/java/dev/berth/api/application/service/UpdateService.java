package dev.berth.api.application.service;

import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.Ids;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.application.taskdefinition.UsableTaskDefinition;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceChanges;
import dev.berth.api.domain.service.ServiceDescription;
import dev.berth.api.domain.service.ServiceRules;
import dev.berth.api.domain.service.ServiceUpdate;
import dev.berth.api.domain.taskdefinition.RegisteredTaskDefinition;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.taskdef.TaskDefinition;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** UpdateService: scale, change, deploy anew. */
@ApplicationScoped
public class UpdateService {
  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final UsableTaskDefinition definitions;
  private final ServiceTargets targets;
  private final DescribeServices describe;
  private final Services services;
  private final Versions versions;
  private final Outbox outbox;
  private final Ids ids;
  private final InstantSource clock;

  public UpdateService(
      Transactions transactions,
      ActiveCluster clusters,
      UsableTaskDefinition definitions,
      ServiceTargets targets,
      DescribeServices describe,
      Services services,
      Versions versions,
      Outbox outbox,
      Ids ids,
      InstantSource clock) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.definitions = definitions;
    this.targets = targets;
    this.describe = describe;
    this.services = services;
    this.versions = versions;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  public Uni<ServiceDescription> update(String cluster, String serviceName, ServiceUpdate update) {
    ServiceRules.check(update).throwIfAny();
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
                                    active(
                                        service.orElseThrow(() -> DescribeServices.missing(name))))
                            .chain(service -> change(service, update))
                            .call(services::update)
                            .call(
                                () ->
                                    outbox.changed(
                                        Topic.SERVICE_DESIRED,
                                        Keys.service(found.cluster(), name),
                                        found.cluster())))
                .chain(describe::withEvents));
  }

  private Uni<Service> change(Service service, ServiceUpdate update) {
    Uni<RegisteredTaskDefinition> revision =
        update.taskDefinition() == null
            ? Uni.createFrom().nullItem()
            : definitions.active("taskDefinition", update.taskDefinition());
    return revision.chain(
        found -> {
          TaskDefinition definition = found == null ? null : found.definition();
          Violations violations = new Violations();
          ServiceRules.fits(
              definition == null
                  ? service.desired().deployments().getFirst().taskDefinition()
                  : definition,
              update.loadBalancers() == null
                  ? service.desired().loadBalancers()
                  : update.loadBalancers(),
              update.networkConfiguration(),
              violations);
          return targets
              .resolved(update.loadBalancers(), violations)
              .invoke(violations::throwIfAny)
              .chain(
                  loadBalancers ->
                      versions
                          .next()
                          .map(
                              version ->
                                  ServiceChanges.updated(
                                      service,
                                      update,
                                      definition,
                                      loadBalancers,
                                      ids.deploymentId(),
                                      version,
                                      clock.instant())));
        });
  }

  private static Service active(Service service) {
    if (service.desired().status() != ServiceStatusName.ACTIVE) {
      throw ProblemException.conflict(
          "ServiceNotActiveException",
          "The service is " + service.desired().status() + " and can't be changed.");
    }
    return service;
  }
}
