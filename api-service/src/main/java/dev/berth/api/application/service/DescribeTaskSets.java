package dev.berth.api.application.service;

import dev.berth.api.application.Described;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.problem.Failure;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.TaskSetDescription;
import dev.berth.api.domain.service.TaskSetRules;
import dev.berth.api.domain.service.TaskSets;
import dev.berth.contracts.Arns;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.service.TaskSetDesired;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** DescribeTaskSets. */
@ApplicationScoped
public class DescribeTaskSets {
  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final Services services;

  public DescribeTaskSets(Transactions transactions, ActiveCluster clusters, Services services) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.services = services;
  }

  /**
   * Task sets of a service.
   *
   * @param taskSets ids or ARNs; null or empty means all
   */
  public Uni<Described<TaskSetDescription>> describe(
      String cluster, String serviceName, List<String> taskSets) {
    return transactions.reading(
        () ->
            clusters
                .named(cluster)
                .chain(
                    found ->
                        services.find(
                            found.cluster(), ServiceName.in(found.cluster(), serviceName)))
                .map(found -> found.orElseThrow(DescribeServices::missing))
                .map(service -> described(service, taskSets)));
  }

  private static Described<TaskSetDescription> described(Service service, List<String> asked) {
    if (service.desired().status() == ServiceStatusName.INACTIVE) {
      throw ProblemException.conflict("ServiceNotActiveException", "Service was not ACTIVE.");
    }
    TaskSetRules.external(service);
    if (asked == null || asked.isEmpty()) {
      return new Described<>(
          service.desired().taskSets().stream()
              .map(set -> TaskSetDescription.of(service, set))
              .toList(),
          List.of());
    }
    List<TaskSetDescription> items = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String one : asked.stream().distinct().toList()) {
      Optional<TaskSetDesired> set = TaskSets.find(service, one);
      if (set.isPresent()) {
        items.add(TaskSetDescription.of(service, set.get()));
      } else {
        failures.add(
            Failure.missing(
                one.startsWith("arn:")
                    ? one
                    : Arns.taskSet(
                        service.desired().clusterArn(), service.desired().serviceName(), one)));
      }
    }
    return new Described<>(items, failures);
  }
}
