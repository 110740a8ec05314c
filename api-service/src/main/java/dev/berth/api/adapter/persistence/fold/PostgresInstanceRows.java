package dev.berth.api.adapter.persistence.fold;

import dev.berth.api.application.fold.InstanceRows;
import dev.berth.api.application.fold.SignOfLife;
import dev.berth.api.domain.fold.InstanceRow;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.instance.InstanceStatusName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables {@code container_instances} and {@code waiting_container_instances}. */
final class PostgresInstanceRows implements InstanceRows {
  private static final String LOCK =
      """
      select id, cluster, status, version, desired::text as desired, seen_version,
        seen::text as seen, registered_at, deregistered_at
      from container_instances where id = any($1) order by id for update
      """;

  private static final String SAVE =
      """
      insert into container_instances as c (id, cluster, status, version, desired, seen_version,
        seen, docker_connected, heartbeat_at, registered_at, deregistered_at)
      select r.id, r.cluster, r.status, r.version, r.desired, r.seen_version, r.seen,
        r.docker_connected, now(), r.registered_at, r.deregistered_at
      from jsonb_to_recordset($1::text::jsonb) as r(id text, cluster text, status text,
        version bigint, desired jsonb, seen_version bigint, seen jsonb, docker_connected boolean,
        registered_at timestamptz, deregistered_at timestamptz)
      order by r.id
      on conflict (id) do update set cluster = excluded.cluster, status = excluded.status,
        version = excluded.version, desired = excluded.desired,
        seen_version = excluded.seen_version, seen = excluded.seen,
        docker_connected = excluded.docker_connected, heartbeat_at = excluded.heartbeat_at,
        registered_at = excluded.registered_at, deregistered_at = excluded.deregistered_at
      where c.seen_version < excluded.seen_version
      """;

  private static final String PARK =
      """
      insert into waiting_container_instances as w (id, cluster, version, status)
      select distinct on (r.id) r.id, r.cluster, r.version, r.status
      from jsonb_to_recordset($1::text::jsonb)
        as r(id text, cluster text, version bigint, status jsonb)
      order by r.id, r.version desc
      on conflict (id) do update set cluster = excluded.cluster, version = excluded.version,
        status = excluded.status
      where w.version < excluded.version
      """;

  private static final String UNPARK =
      """
      delete from waiting_container_instances w using clusters c
      where c.name = w.cluster and c.status = 'ACTIVE' returning w.status::text as status
      """;

  private static final String HEARTBEATS =
      """
      update container_instances c set heartbeat_at = r.heartbeat_at,
        heartbeat_interval_millis = r.heartbeat_interval_millis,
        docker_connected = r.docker_connected
      from jsonb_to_recordset($1::text::jsonb) as r(id text, heartbeat_at timestamptz,
        heartbeat_interval_millis bigint, docker_connected boolean)
      where c.id = r.id and (c.heartbeat_at is null or c.heartbeat_at < r.heartbeat_at)
      """;

  private final Sql sql;

  PostgresInstanceRows(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Uni<Set<String>> activeClusters(Collection<String> clusters) {
    return sql.byIds(
            "select name from clusters where name = any($1) and status = 'ACTIVE' for share",
            clusters)
        .map(
            rows -> {
              Set<String> names = new HashSet<>();
              for (Row row : rows) {
                names.add(row.getString("name"));
              }
              return names;
            });
  }

  @Override
  public Uni<Map<String, InstanceRow>> lock(Collection<String> ids) {
    return sql.byIds(LOCK, ids)
        .map(
            rows -> {
              Map<String, InstanceRow> instances = new HashMap<>();
              for (Row row : rows) {
                instances.put(row.getString("id"), instance(row));
              }
              return instances;
            });
  }

  @Override
  public Uni<Void> save(Collection<InstanceRow> instances) {
    if (instances.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return sql.withRows(
            SAVE,
            instances,
            i ->
                Sql.columns(
                    "id", i.id(),
                    "cluster", i.cluster(),
                    "status", i.status(),
                    "version", i.version(),
                    "desired", i.desired(),
                    "seen_version", i.seenVersion(),
                    "seen", i.seen(),
                    "docker_connected", i.seen().dockerConnected(),
                    "registered_at", i.registeredAt(),
                    "deregistered_at", i.deregisteredAt()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> park(Collection<ContainerInstanceStatus> statuses) {
    if (statuses.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return sql.withRows(
            PARK,
            statuses,
            s ->
                Sql.columns(
                    "id", s.containerInstanceId(),
                    "cluster", s.cluster(),
                    "version", s.version(),
                    "status", s))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<ContainerInstanceStatus>> unpark() {
    return sql.run(UNPARK)
        .map(
            rows -> {
              List<ContainerInstanceStatus> statuses = new ArrayList<>();
              for (Row row : rows) {
                statuses.add(Sql.document(row, "status", ContainerInstanceStatus.class));
              }
              return statuses;
            });
  }

  @Override
  public Uni<Void> saveHeartbeats(Collection<SignOfLife> signs) {
    if (signs.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return sql.withRows(
            HEARTBEATS,
            signs,
            s ->
                Sql.columns(
                    "id", s.containerInstanceId(),
                    "heartbeat_at", s.heardAt(),
                    "heartbeat_interval_millis", s.intervalMillis(),
                    "docker_connected", s.dockerConnected()))
        .replaceWithVoid();
  }

  private static InstanceRow instance(Row row) {
    return new InstanceRow(
        row.getString("id"),
        row.getString("cluster"),
        Sql.name(row, "status", InstanceStatusName.class),
        row.getLong("version"),
        Sql.document(row, "desired", ContainerInstanceDesired.class),
        row.getLong("seen_version"),
        Sql.document(row, "seen", ContainerInstanceStatus.class),
        Sql.instant(row, "registered_at"),
        Sql.instant(row, "deregistered_at"));
  }
}
