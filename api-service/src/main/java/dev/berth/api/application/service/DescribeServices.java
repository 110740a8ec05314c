package dev.berth.api.application.service;

import dev.berth.api.application.Page;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceDescription;
import dev.berth.contracts.Arns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** DescribeServices and ListServices. */
@ApplicationScoped
public class DescribeServices {
  private static final int EVENTS = 100;

  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final Services services;

  public DescribeServices(Transactions transactions, ActiveCluster clusters, Services services) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.services = services;
  }

  /** A service with its newest hundred events; a deleted one stays to be described for a while. */
  public Uni<ServiceDescription> describe(String cluster, String serviceName) {
    String name = Arns.shortName(serviceName);
    return transactions.reading(
        () ->
            clusters
                .named(cluster)
                .chain(found -> services.find(found.cluster(), name))
                .map(found -> found.orElseThrow(() -> missing(name)))
                .chain(this::withEvents));
  }

  /** Live services in the order of their names, without their events. */
  public Uni<Page<ServiceDescription>> list(String cluster, Page.Request request) {
    return transactions.reading(
        () ->
            clusters
                .named(cluster)
                .chain(found -> services.list(found.cluster(), request.after(), request.probe()))
                .map(
                    found ->
                        Page.of(found, request, service -> service.desired().serviceName())
                            .map(service -> ServiceDescription.of(service, List.of()))));
  }

  Uni<ServiceDescription> withEvents(Service service) {
    return services
        .events(service.desired().serviceId(), EVENTS)
        .map(events -> ServiceDescription.of(service, events));
  }

  static ProblemException missing(String name) {
    return ProblemException.notFound(
        "ServiceNotFoundException", "There is no service " + name + " in the cluster.");
  }
}
