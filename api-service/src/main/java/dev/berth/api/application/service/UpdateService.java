package dev.berth.api.application.service;

import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.service.NewDeployment;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceChanges;
import dev.berth.api.domain.service.ServiceDescription;
import dev.berth.api.domain.service.ServiceRules;
import dev.berth.api.domain.service.ServiceUpdate;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.ClusterDesired;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;

/** UpdateService: scale, change, deploy anew. */
@ApplicationScoped
public class UpdateService {
  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final LockedService locked;
  private final ServiceResolver resolver;
  private final DeploymentKeeper records;
  private final DescribeServices describe;
  private final Services services;
  private final Versions versions;
  private final Outbox outbox;
  private final InstantSource clock;

  public UpdateService(
      Transactions transactions,
      ActiveCluster clusters,
      LockedService locked,
      ServiceResolver resolver,
      DeploymentKeeper records,
      DescribeServices describe,
      Services services,
      Versions versions,
      Outbox outbox,
      InstantSource clock) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.locked = locked;
    this.resolver = resolver;
    this.records = records;
    this.describe = describe;
    this.services = services;
    this.versions = versions;
    this.outbox = outbox;
    this.clock = clock;
  }

  public Uni<ServiceDescription> update(String cluster, String serviceName, ServiceUpdate update) {
    ServiceRules.check(update).throwIfAny();
    return transactions.inTransaction(
        () ->
            clusters
                .named(cluster)
                .chain(
                    found ->
                        locked
                            .active(found.cluster(), serviceName)
                            .chain(service -> change(found, service, update)))
                .chain(describe::withEvents));
  }

  private Uni<Service> change(ClusterDesired cluster, Service service, ServiceUpdate update) {
    ServiceRules.check(service, update).throwIfAny();
    Instant now = clock.instant();
    String name = service.desired().serviceName();
    NewDeployment names = records.names(cluster.cluster(), name);
    return resolver
        .resolve(cluster, service, update)
        .chain(
            found ->
                versions
                    .next()
                    .map(
                        version ->
                            ServiceChanges.updated(service, update, found, names, version, now)))
        .call(services::update)
        .call(
            changed ->
                changed.primary().filter(one -> one.id().equals(names.deploymentId())).isPresent()
                    ? records.supersede(changed, now).chain(() -> records.add(changed, now))
                    : Uni.createFrom().voidItem())
        .call(
            () ->
                outbox.changed(
                    Topic.SERVICE_DESIRED,
                    Keys.service(cluster.cluster(), name),
                    cluster.cluster()));
  }
}
