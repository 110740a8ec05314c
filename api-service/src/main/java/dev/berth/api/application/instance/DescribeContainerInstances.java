package dev.berth.api.application.instance;

import dev.berth.api.application.Page;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.ContainerInstances;
import dev.berth.api.application.port.Tasks;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.instance.ContainerInstance;
import dev.berth.api.domain.instance.ContainerInstanceDescription;
import dev.berth.api.domain.instance.ContainerInstanceDescription.Taken;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.Arns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** DescribeContainerInstances and ListContainerInstances. */
@ApplicationScoped
public class DescribeContainerInstances {
  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final ContainerInstances instances;
  private final Tasks tasks;
  private final Identity identity;
  private final InstantSource clock;

  public DescribeContainerInstances(
      Transactions transactions,
      ActiveCluster clusters,
      ContainerInstances instances,
      Tasks tasks,
      Identity identity,
      InstantSource clock) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.instances = instances;
    this.tasks = tasks;
    this.identity = identity;
    this.clock = clock;
  }

  public Uni<ContainerInstanceDescription> describe(String cluster, String idOrArn) {
    return transactions.reading(
        () ->
            clusters
                .named(cluster)
                .chain(found -> instances.find(found.cluster(), Arns.shortName(idOrArn)))
                .map(found -> found.orElseThrow(() -> missing(idOrArn)))
                .chain(instance -> described(List.of(instance)))
                .map(List::getFirst));
  }

  /**
   * Lists instances.
   *
   * @param status ACTIVE, DRAINING or INACTIVE; null lists all that aren't INACTIVE
   */
  public Uni<Page<ContainerInstanceDescription>> list(
      String cluster, String status, Page.Request request) {
    Violations violations = new Violations();
    violations.oneOf("status", status, Set.of("ACTIVE", "DRAINING", "INACTIVE"));
    violations.throwIfAny();
    return transactions.reading(
        () ->
            clusters
                .named(cluster)
                .chain(
                    found ->
                        instances.list(found.cluster(), status, request.after(), request.probe()))
                .map(
                    found ->
                        Page.of(
                            found, request, instance -> instance.desired().containerInstanceId()))
                .chain(
                    page ->
                        described(page.items()).map(items -> new Page<>(items, page.nextToken()))));
  }

  Uni<List<ContainerInstanceDescription>> described(List<ContainerInstance> found) {
    if (found.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    Instant now = clock.instant();
    return tasks
        .takenOf(found.stream().map(one -> one.desired().containerInstanceId()).toList())
        .map(
            taken ->
                found.stream()
                    .map(
                        one ->
                            ContainerInstanceDescription.of(
                                one,
                                taken.getOrDefault(
                                    one.desired().containerInstanceId(), Taken.NOTHING),
                                identity.clusterArn(one.desired().cluster()),
                                now))
                    .toList());
  }

  static ProblemException missing(String idOrArn) {
    return ProblemException.notFound(
        "InvalidParameterException",
        "There is no container instance " + idOrArn + " in the cluster.");
  }
}
