package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.Clusters;
import dev.berth.api.domain.cluster.ClusterDescription.Counts;
import dev.berth.contracts.cluster.ClusterDesired;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** Clusters in PostgreSQL. */
@ApplicationScoped
public class PostgresClusters implements Clusters, PanacheRepositoryBase<ClusterEntity, String> {
  private static final String COUNTS =
      """
      select
        (select count(*) from services where cluster = ?1 and status <> 'INACTIVE'),
        (select count(*) from tasks where cluster = ?1 and last_status = 'RUNNING'),
        (select count(*) from tasks where cluster = ?1 and last_status <> 'STOPPED' and last_status <> 'RUNNING'),
        (select count(*) from container_instances where cluster = ?1 and status <> 'INACTIVE')
      """;

  @Override
  public Uni<Optional<ClusterDesired>> find(String name) {
    return findById(name).map(PostgresClusters::desired);
  }

  @Override
  public Uni<Optional<ClusterDesired>> lock(String name) {
    return findById(name, LockModeType.PESSIMISTIC_WRITE).map(PostgresClusters::desired);
  }

  @Override
  public Uni<List<ClusterDesired>> list(String after, int limit) {
    return find("status = ACTIVE and name > ?1 order by name", after)
        .page(0, limit)
        .list()
        .map(rows -> rows.stream().map(row -> row.desired).toList());
  }

  @Override
  public Uni<Void> add(ClusterDesired cluster) {
    ClusterEntity row = new ClusterEntity();
    row.name = cluster.cluster();
    row.createdAt = cluster.createdAt();
    write(row, cluster);
    return persistAndFlush(row).replaceWithVoid();
  }

  @Override
  public Uni<Void> update(ClusterDesired cluster) {
    return findById(cluster.cluster())
        .invoke(row -> write(row, cluster))
        .chain(row -> flush())
        .replaceWithVoid();
  }

  @Override
  public Uni<Counts> count(String name) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(COUNTS, Object[].class)
                    .setParameter(1, name)
                    .getSingleResult())
        .map(row -> new Counts(number(row[0]), number(row[1]), number(row[2]), number(row[3])));
  }

  private static int number(Object count) {
    return ((Number) count).intValue();
  }

  private static Optional<ClusterDesired> desired(ClusterEntity row) {
    return Optional.ofNullable(row).map(found -> found.desired);
  }

  private static void write(ClusterEntity row, ClusterDesired cluster) {
    row.status = cluster.status();
    row.version = cluster.version();
    row.desired = cluster;
  }
}
