package dev.berth.api.application.instance;

import dev.berth.api.application.Described;
import dev.berth.api.application.Page;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.CapacityProviderStore;
import dev.berth.api.application.port.ContainerInstances;
import dev.berth.api.application.port.Tasks;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.instance.ContainerInstance;
import dev.berth.api.domain.instance.ContainerInstanceDescription;
import dev.berth.api.domain.instance.ContainerInstanceDescription.Taken;
import dev.berth.api.domain.instance.InstanceQuery;
import dev.berth.api.domain.problem.Failure;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.Arns;
import dev.berth.contracts.cluster.CapacityProvider;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** DescribeContainerInstances and ListContainerInstances. */
@ApplicationScoped
public class DescribeContainerInstances {
  private static final int MOST = 100;
  private static final int CHUNK = 500;
  private static final Set<String> KEPT_STATES = Set.of("ACTIVE", "DRAINING", "INACTIVE");
  private static final Set<String> STATES =
      Set.of(
          "ACTIVE", "DRAINING", "INACTIVE", "REGISTERING", "DEREGISTERING", "REGISTRATION_FAILED");

  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final ContainerInstances instances;
  private final Tasks tasks;
  private final CapacityProviderStore providers;
  private final Identity identity;
  private final InstantSource clock;

  public DescribeContainerInstances(
      Transactions transactions,
      ActiveCluster clusters,
      ContainerInstances instances,
      Tasks tasks,
      CapacityProviderStore providers,
      Identity identity,
      InstantSource clock) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.instances = instances;
    this.tasks = tasks;
    this.providers = providers;
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
    violations.oneOf("status", status, KEPT_STATES);
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

  /**
   * Describes several instances of a cluster.
   *
   * @param idsOrArns 1 to 100 of them
   */
  public Uni<Described<ContainerInstanceDescription>> describe(
      String cluster, List<String> idsOrArns) {
    if (idsOrArns == null || idsOrArns.isEmpty()) {
      throw ProblemException.refused(
          "InvalidParameterException", "Container instances cannot be empty.");
    }
    if (idsOrArns.size() > MOST) {
      throw ProblemException.refused(
          "InvalidParameterException", "Container instances cannot have more than 100 elements.");
    }
    return transactions.reading(
        () ->
            clusters
                .named(cluster)
                .chain(
                    in ->
                        instances
                            .find(
                                in.cluster(),
                                idsOrArns.stream().map(Arns::shortName).collect(Collectors.toSet()))
                            .chain(this::described)
                            .map(found -> sorted(in.clusterArn(), idsOrArns, found))));
  }

  private static Described<ContainerInstanceDescription> sorted(
      String clusterArn, List<String> asked, List<ContainerInstanceDescription> found) {
    Map<String, ContainerInstanceDescription> byArn =
        found.stream()
            .collect(
                Collectors.toMap(
                    ContainerInstanceDescription::containerInstanceArn, Function.identity()));
    List<ContainerInstanceDescription> items = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String one : asked.stream().distinct().toList()) {
      String arn = Arns.containerInstance(clusterArn, Arns.shortName(one));
      if (byArn.containsKey(arn)) {
        items.add(byArn.get(arn));
      } else {
        failures.add(Failure.missing(one.startsWith("arn:") ? one : arn));
      }
    }
    return new Described<>(items, failures);
  }

  /**
   * Lists instances that fulfil a query.
   *
   * @param filter in the cluster query language; null or blank takes all
   * @param status as for {@link #list(String, String, Page.Request)}; the states between are those
   *     of an agent that registers, which no instance is in
   */
  public Uni<Page<ContainerInstanceDescription>> list(
      String cluster, String filter, String status, Page.Request request) {
    Violations violations = new Violations();
    violations.oneOf("status", status, STATES);
    violations.throwIfAny();
    InstanceQuery query = filter == null || filter.isBlank() ? null : InstanceQuery.parse(filter);
    if (status != null && !KEPT_STATES.contains(status)) {
      return transactions
          .reading(() -> clusters.named(cluster))
          .replaceWith(new Page<>(List.of(), null));
    }
    if (query == null) {
      return list(cluster, status, request);
    }
    return transactions.reading(
        () ->
            clusters
                .named(cluster)
                .chain(
                    in ->
                        matching(
                            in.cluster(),
                            query,
                            status,
                            request.after(),
                            request.probe(),
                            List.of()))
                .map(
                    found ->
                        Page.of(
                            found, request, one -> Arns.shortName(one.containerInstanceArn()))));
  }

  private Uni<List<ContainerInstanceDescription>> matching(
      String cluster,
      InstanceQuery query,
      String status,
      String after,
      int limit,
      List<ContainerInstanceDescription> before) {
    return instances
        .list(cluster, status, after, CHUNK)
        .chain(
            rows ->
                described(rows)
                    .chain(
                        found ->
                            tasks
                                .groupsOf(ids(rows))
                                .map(groups -> fulfilling(found, query, groups)))
                    .chain(
                        found -> {
                          List<ContainerInstanceDescription> all = new ArrayList<>(before);
                          all.addAll(found);
                          return rows.size() < CHUNK || all.size() >= limit
                              ? Uni.createFrom().item(all.subList(0, Math.min(limit, all.size())))
                              : matching(
                                  cluster,
                                  query,
                                  status,
                                  rows.getLast().desired().containerInstanceId(),
                                  limit,
                                  all);
                        }));
  }

  private static List<ContainerInstanceDescription> fulfilling(
      List<ContainerInstanceDescription> found,
      InstanceQuery query,
      Map<String, List<String>> groups) {
    return found.stream()
        .filter(
            one ->
                query.matches(
                    one,
                    groups.getOrDefault(Arns.shortName(one.containerInstanceArn()), List.of())))
        .toList();
  }

  private static List<String> ids(List<ContainerInstance> rows) {
    return rows.stream().map(row -> row.desired().containerInstanceId()).toList();
  }

  Uni<List<ContainerInstanceDescription>> described(List<ContainerInstance> found) {
    if (found.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    Instant now = clock.instant();
    return tasks
        .takenOf(ids(found))
        .chain(taken -> providers.active().map(active -> described(found, taken, active, now)));
  }

  private List<ContainerInstanceDescription> described(
      List<ContainerInstance> found,
      Map<String, Taken> taken,
      Collection<CapacityProvider> active,
      Instant now) {
    return found.stream()
        .map(
            one ->
                ContainerInstanceDescription.of(
                    one,
                    taken.getOrDefault(one.desired().containerInstanceId(), Taken.NOTHING),
                    active,
                    identity.clusterArn(one.desired().cluster()),
                    now))
        .toList();
  }

  static ProblemException missing(String idOrArn) {
    return ProblemException.notFound(
        "InvalidParameterException",
        "There is no container instance " + idOrArn + " in the cluster.");
  }
}
