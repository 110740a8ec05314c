package dev.berth.api.application.service;

import dev.berth.api.application.Described;
import dev.berth.api.application.Page;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.Services.ServiceFilter;
import dev.berth.api.application.port.ServicesAtOnce;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.Failure;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceDescription;
import dev.berth.api.domain.task.PlacementRules;
import dev.berth.contracts.Arns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** DescribeServices, ListServices and ListServicesByNamespace. */
@ApplicationScoped
public class DescribeServices {
  private static final int EVENTS = 100;
  private static final int MOST = 10;

  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final Services services;
  private final ServicesAtOnce atOnce;
  private final Identity identity;

  public DescribeServices(
      Transactions transactions,
      ActiveCluster clusters,
      Services services,
      ServicesAtOnce atOnce,
      Identity identity) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.services = services;
    this.atOnce = atOnce;
    this.identity = identity;
  }

  /** A service with its newest hundred events; a deleted one stays to be described for a while. */
  public Uni<ServiceDescription> describe(String cluster, String nameOrArn) {
    return atOnce(cluster, List.of(nameOrArn))
        .map(
            found ->
                found.stream()
                    .findFirst()
                    .map(one -> ServiceDescription.of(one.service(), one.events()))
                    .orElseThrow(DescribeServices::missing));
  }

  /**
   * Describes several services of a cluster.
   *
   * @param namesOrArns 1 to 10 of them
   */
  public Uni<Described<ServiceDescription>> describe(String cluster, List<String> namesOrArns) {
    if (namesOrArns == null || namesOrArns.isEmpty()) {
      throw ProblemException.refused("InvalidParameterException", "Services cannot be empty.");
    }
    if (namesOrArns.size() > MOST) {
      throw ProblemException.refused(
          "InvalidParameterException", "Services cannot have more than 10 elements.");
    }
    return atOnce(cluster, namesOrArns)
        .map(found -> described(Arns.shortName(cluster), namesOrArns, found));
  }

  private Uni<List<ServicesAtOnce.Found>> atOnce(String cluster, List<String> namesOrArns) {
    String name = Arns.shortName(cluster);
    return atOnce
        .find(
            name,
            namesOrArns.stream().map(one -> ServiceName.in(name, one)).collect(Collectors.toSet()),
            EVENTS)
        .map(found -> found.orElseThrow(() -> ActiveCluster.missing(cluster)));
  }

  /** Live services in the order of their names, without their events. */
  public Uni<Page<ServiceDescription>> list(
      String cluster, String launchType, String schedulingStrategy, Page.Request request) {
    Violations violations = new Violations();
    violations.oneOf("launchType", launchType, PlacementRules.LAUNCH_TYPES);
    violations.oneOf("schedulingStrategy", schedulingStrategy, Set.of("REPLICA", "DAEMON"));
    violations.throwIfAny();
    return transactions.reading(
        () ->
            clusters
                .named(cluster)
                .chain(
                    found ->
                        services.list(
                            new ServiceFilter(found.cluster(), launchType, schedulingStrategy),
                            request.after(),
                            request.probe()))
                .map(
                    found ->
                        Page.of(found, request, service -> service.desired().serviceName())
                            .map(service -> ServiceDescription.of(service, List.of()))));
  }

  /** The ARNs of live services of all clusters whose Service Connect namespace is this one. */
  public Uni<Page<String>> listByNamespace(String namespace, Page.Request request) {
    Violations violations = new Violations();
    violations.present("namespace", namespace);
    violations.throwIfAny();
    return transactions.reading(
        () ->
            services
                .byNamespace(namespace, request.after(), request.probe())
                .map(
                    found ->
                        Page.of(found, request, service -> service.desired().serviceArn())
                            .map(service -> service.desired().serviceArn())));
  }

  Uni<ServiceDescription> withEvents(Service service) {
    return services
        .events(service.desired().serviceId(), EVENTS)
        .map(events -> ServiceDescription.of(service, events));
  }

  private Described<ServiceDescription> described(
      String cluster, List<String> asked, List<ServicesAtOnce.Found> rows) {
    Map<String, ServicesAtOnce.Found> byName =
        rows.stream()
            .collect(
                Collectors.toMap(
                    row -> row.service().desired().serviceName(), Function.identity()));
    List<Failure> failures = new ArrayList<>();
    Map<String, ServiceDescription> items = new LinkedHashMap<>();
    for (String one : asked) {
      String name = ServiceName.in(cluster, one);
      ServicesAtOnce.Found found = byName.get(name);
      if (found == null) {
        failures.add(
            Failure.missing(
                one.startsWith("arn:") ? one : Arns.service(identity.clusterArn(cluster), one)));
      } else {
        items.computeIfAbsent(
            name, first -> ServiceDescription.of(found.service(), found.events()));
      }
    }
    return new Described<>(List.copyOf(items.values()), failures);
  }

  static ProblemException missing() {
    return ProblemException.notFound("ServiceNotFoundException", "Service not found.");
  }
}
