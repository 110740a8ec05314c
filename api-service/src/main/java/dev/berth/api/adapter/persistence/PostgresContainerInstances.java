package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.ContainerInstances;
import dev.berth.api.domain.instance.ContainerInstance;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.taskdef.Tag;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Container instances in PostgreSQL. */
@ApplicationScoped
public class PostgresContainerInstances
    implements ContainerInstances, PanacheRepositoryBase<ContainerInstanceEntity, String> {
  @Override
  public Uni<Optional<ContainerInstance>> find(String cluster, String id) {
    return find("cluster = ?1 and id = ?2", cluster, id)
        .firstResult()
        .map(PostgresContainerInstances::instance);
  }

  @Override
  public Uni<Optional<ContainerInstance>> lock(String cluster, String id) {
    return find("cluster = ?1 and id = ?2", cluster, id)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResult()
        .map(PostgresContainerInstances::instance);
  }

  @Override
  public Uni<List<ContainerInstance>> list(String cluster, String status, String after, int limit) {
    PanacheQuery<ContainerInstanceEntity> query =
        status == null
            ? find("cluster = ?1 and id > ?2 and status <> INACTIVE order by id", cluster, after)
            : find(
                "cluster = ?1 and id > ?2 and status = ?3 order by id",
                cluster,
                after,
                InstanceStatusName.valueOf(status));
    return query
        .page(0, limit)
        .list()
        .map(rows -> rows.stream().map(row -> instance(row).orElseThrow()).toList());
  }

  @Override
  public Uni<Void> register(ContainerInstance instance) {
    return findById(instance.desired().containerInstanceId())
        .chain(
            known -> {
              ContainerInstanceEntity row = known == null ? unknown(instance) : known;
              row.registeredAt = instance.registeredAt();
              row.tags = new TagsDocument(instance.tags());
              if (!instance.hasNode()) {
                row.seen = instance.seen();
              }
              write(row, instance);
              return persistAndFlush(row);
            })
        .replaceWithVoid();
  }

  private static ContainerInstanceEntity unknown(ContainerInstance instance) {
    ContainerInstanceEntity row = new ContainerInstanceEntity();
    row.id = instance.desired().containerInstanceId();
    row.cluster = instance.desired().cluster();
    return row;
  }

  @Override
  public Uni<Void> update(ContainerInstance instance) {
    return findById(instance.desired().containerInstanceId())
        .invoke(row -> write(row, instance))
        .chain(row -> flush())
        .replaceWithVoid();
  }

  @Override
  public Uni<List<ContainerInstance>> find(String cluster, Collection<String> ids) {
    return ids.isEmpty()
        ? Uni.createFrom().item(List.of())
        : list("cluster = ?1 and id in ?2", cluster, ids)
            .map(rows -> rows.stream().map(row -> instance(row).orElseThrow()).toList());
  }

  @Override
  public Uni<Void> retag(String id, List<Tag> tags) {
    return findById(id)
        .invoke(row -> row.tags = new TagsDocument(tags))
        .chain(row -> flush())
        .replaceWithVoid();
  }

  private static Optional<ContainerInstance> instance(ContainerInstanceEntity row) {
    return Optional.ofNullable(row)
        .map(
            found ->
                new ContainerInstance(
                    found.desired,
                    found.seen,
                    found.heartbeatAt,
                    found.heartbeatIntervalMillis,
                    found.dockerConnected,
                    found.registeredAt,
                    found.deregisteredAt,
                    found.tags == null ? null : found.tags.tags()));
  }

  private static void write(ContainerInstanceEntity row, ContainerInstance instance) {
    row.status = instance.desired().status();
    row.version = instance.desired().version();
    row.desired = instance.desired();
    row.deregisteredAt = instance.deregisteredAt();
  }
}
