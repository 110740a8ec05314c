package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.Clusters;
import dev.berth.api.domain.cluster.ClusterDescription.Counts;
import dev.berth.api.domain.cluster.ClusterExtras;
import dev.berth.contracts.cluster.ClusterDesired;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Clusters in PostgreSQL. */
@ApplicationScoped
public class PostgresClusters implements Clusters, PanacheRepositoryBase<ClusterEntity, String> {
  private static final String COUNTS =
      """
      select what, kind, cast(sum(n) as integer) from (
        select case status when 'ACTIVE' then 'active' else 'draining' end as what,
          case when desired #>> '{capacityProviderStrategy,0,capacityProvider}' like 'FARGATE%'
            then 'FARGATE' else coalesce(desired ->> 'launchType', 'EC2') end as kind,
          count(*) as n
        from services where cluster = ?1 and status <> 'INACTIVE' group by 1, 2
        union all
        select case last_status when 'RUNNING' then 'running' else 'pending' end,
          case when coalesce(seen ->> 'capacityProviderName', verdict ->> 'capacityProviderName')
            like 'FARGATE%' then 'FARGATE'
            else coalesce(seen ->> 'launchType', verdict ->> 'launchType', 'EC2') end,
          count(*)
        from tasks where cluster = ?1 and last_status <> 'STOPPED' group by 1, 2
        union all
        select 'instances', '', count(*)
        from container_instances where cluster = ?1 and status <> 'INACTIVE'
      ) counted group by what, kind
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
                    .getResultList())
        .map(PostgresClusters::counts);
  }

  @Override
  public Uni<ClusterExtras> extras(String name) {
    return findById(name)
        .map(row -> row == null || row.extras == null ? ClusterExtras.NONE : row.extras);
  }

  @Override
  public Uni<Void> keep(String name, ClusterExtras extras) {
    return findById(name)
        .invoke(row -> row.extras = extras)
        .chain(row -> flush())
        .replaceWithVoid();
  }

  private static Counts counts(List<Object[]> rows) {
    Map<String, Integer> sums = new HashMap<>();
    Map<String, Integer> statistics = new TreeMap<>();
    for (Object[] row : rows) {
      String what = (String) row[0];
      int count = ((Number) row[2]).intValue();
      sums.merge(what, count, Integer::sum);
      if (!"instances".equals(what)) {
        String kind =
            switch ((String) row[1]) {
              case "FARGATE" -> "Fargate";
              case "EXTERNAL" -> "External";
              default -> "EC2";
            };
        boolean services = "active".equals(what) || "draining".equals(what);
        statistics.merge(
            what + kind + (services ? "ServiceCount" : "TasksCount"), count, Integer::sum);
      }
    }
    return new Counts(
        sums.getOrDefault("active", 0),
        sums.getOrDefault("draining", 0),
        sums.getOrDefault("running", 0),
        sums.getOrDefault("pending", 0),
        sums.getOrDefault("instances", 0),
        statistics);
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
