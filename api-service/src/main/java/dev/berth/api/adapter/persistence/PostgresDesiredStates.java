package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.CapacityProviderStore;
import dev.berth.api.application.port.Certificates;
import dev.berth.api.application.port.DesiredStates;
import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.TargetGroups;
import dev.berth.api.application.port.Tasks;
import dev.berth.api.domain.capacity.CapacityProviders;
import dev.berth.api.domain.certificate.StoredCertificate;
import dev.berth.api.domain.instance.InstanceChanges;
import dev.berth.api.domain.loadbalancer.LoadBalancerEdits;
import dev.berth.api.domain.loadbalancer.TargetGroup;
import dev.berth.api.domain.task.Task;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.CapacityProvider;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.taskdef.Attribute;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Rows as the records that api-service publishes. Of a machine that was registered before its node
 * spoke nothing is wanted yet: schedulers would take it for one that has fallen silent.
 */
@ApplicationScoped
public class PostgresDesiredStates implements DesiredStates {
  private final Tasks tasks;
  private final LoadBalancers loadBalancers;
  private final TargetGroups groups;
  private final Certificates certificates;
  private final CapacityProviderStore providers;

  public PostgresDesiredStates(
      Tasks tasks,
      LoadBalancers loadBalancers,
      TargetGroups groups,
      Certificates certificates,
      CapacityProviderStore providers) {
    this.tasks = tasks;
    this.loadBalancers = loadBalancers;
    this.groups = groups;
    this.certificates = certificates;
    this.providers = providers;
  }

  private static ContainerInstanceDesired serving(
      ContainerInstanceEntity row, Collection<CapacityProvider> active) {
    List<Attribute> attributes = new ArrayList<>(row.desired.attributes());
    if (row.seen != null) {
      attributes.addAll(row.seen.attributes());
    }
    return InstanceChanges.serving(row.desired, CapacityProviders.servedBy(attributes, active));
  }

  @Override
  public Uni<Map<String, Object>> current(Topic topic, Collection<String> keys) {
    if (keys.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return Panache.withTransaction(
        () ->
            switch (topic) {
              case CLUSTER_DESIRED ->
                  rows("from Cluster where name in ?1", ClusterEntity.class, keys)
                      .map(rows -> byKey(rows, row -> row.name, row -> row.desired));
              case SERVICE_DESIRED ->
                  rows(
                          "from Service where status <> INACTIVE and concat(cluster, '/', name) in ?1",
                          ServiceEntity.class,
                          keys)
                      .map(
                          rows ->
                              byKey(
                                  rows,
                                  row -> Keys.service(row.cluster, row.name),
                                  row -> row.desired));
              case TASK_DESIRED ->
                  tasks
                      .find(keys)
                      .map(
                          found ->
                              byKey(
                                  found.stream().filter(task -> task.desired() != null).toList(),
                                  Task::id,
                                  Task::desired));
              case CONTAINER_INSTANCE_DESIRED ->
                  providers
                      .active()
                      .chain(
                          active ->
                              rows(
                                      "from ContainerInstance where id in ?1 and seenVersion > 0",
                                      ContainerInstanceEntity.class,
                                      keys)
                                  .map(
                                      rows ->
                                          byKey(rows, row -> row.id, row -> serving(row, active))));
              case LOAD_BALANCER_DESIRED ->
                  Multi.createFrom()
                      .iterable(keys)
                      .onItem()
                      .transformToUniAndConcatenate(this::loadBalancer)
                      .select()
                      .where(Optional::isPresent)
                      .map(Optional::get)
                      .collect()
                      .asMap(LoadBalancerDesired::loadBalancerName, Object.class::cast);
              default -> throw notDesired(topic);
            });
  }

  @Override
  public Uni<List<ResourceKey>> page(Topic topic, String after, int limit) {
    String from = after == null ? "" : after;
    return Panache.withTransaction(
        () ->
            switch (topic) {
              case CLUSTER_DESIRED ->
                  keys("select name, name from Cluster where name > ?1 order by name", from, limit);
              case SERVICE_DESIRED ->
                  keys(
                      "select concat(cluster, '/', name), cluster from Service where status <> "
                          + ServiceStatusName.INACTIVE
                          + " and concat(cluster, '/', name) > ?1 order by 1",
                      from,
                      limit);
              case TASK_DESIRED ->
                  // What has run is not asked for again: a log that has lost it would run it once
                  // more.
                  keys(
                      "select id, cluster from Task where desired is not null and id > ?1"
                          + " and (lastStatus <> STOPPED or cast(function("
                          + "'jsonb_extract_path_text', desired, 'desiredStatus') as string)"
                          + " = 'STOPPED') order by id",
                      from,
                      limit);
              case CONTAINER_INSTANCE_DESIRED ->
                  keys(
                      "select id, cluster from ContainerInstance where status <> "
                          + InstanceStatusName.INACTIVE
                          + " and seenVersion > 0 and id > ?1 order by id",
                      from,
                      limit);
              case LOAD_BALANCER_DESIRED ->
                  keys(
                      "select name, name from LoadBalancer where name > ?1 order by name",
                      from,
                      limit);
              default -> throw notDesired(topic);
            });
  }

  private Uni<Optional<LoadBalancerDesired>> loadBalancer(String name) {
    return loadBalancers
        .find(name)
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : whole(found.get()).map(Optional::of));
  }

  private Uni<LoadBalancerDesired> whole(LoadBalancerDesired balancer) {
    List<String> names =
        LoadBalancerEdits.targetGroups(balancer).stream().map(Arns::targetGroupName).toList();
    return groups
        .find(names)
        .chain(
            used ->
                certificates
                    .find(LoadBalancerEdits.certificates(balancer))
                    .map(
                        shown ->
                            LoadBalancerEdits.published(
                                balancer,
                                used.stream().map(TargetGroup::desired).toList(),
                                shown.stream().map(StoredCertificate::desired).toList())));
  }

  private static IllegalArgumentException notDesired(Topic topic) {
    return new IllegalArgumentException(topic.topicName() + " carries nothing that users want");
  }

  private static <E> Uni<List<E>> rows(String query, Class<E> type, Collection<String> keys) {
    return Panache.getSession()
        .chain(session -> session.createQuery(query, type).setParameter(1, keys).getResultList());
  }

  private static Uni<List<ResourceKey>> keys(String query, String after, int limit) {
    return Panache.getSession()
        .chain(
            (Mutiny.Session session) ->
                session
                    .createQuery(query, Object[].class)
                    .setParameter(1, after)
                    .setMaxResults(limit)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(row -> new ResourceKey((String) row[0], (String) row[1]))
                    .toList());
  }

  private static <E> Map<String, Object> byKey(
      List<E> rows, Function<E, String> key, Function<E, Object> record) {
    return rows.stream().collect(Collectors.toMap(key, record));
  }
}
