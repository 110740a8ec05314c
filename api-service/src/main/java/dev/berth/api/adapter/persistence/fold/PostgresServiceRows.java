package dev.berth.api.adapter.persistence.fold;

import dev.berth.api.application.fold.ServiceRows;
import dev.berth.api.domain.fold.ServiceRow;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceEvent;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The tables {@code services} and {@code service_events}. */
final class PostgresServiceRows implements ServiceRows {
  private static final String LOCK =
      """
      select id, cluster, name, status, version, desired::text as desired, seen_version,
        seen::text as seen, deleted_at
      from services where id = any($1) order by id for update
      """;

  private static final String SAVE =
      """
      update services s set status = r.status, version = r.version,
        desired = case when r.version > s.version then r.desired else s.desired end,
        seen_version = r.seen_version, seen = r.seen, deleted_at = r.deleted_at
      from jsonb_to_recordset($1::text::jsonb) as r(id text, status text, version bigint,
        desired jsonb, seen_version bigint, seen jsonb, deleted_at timestamptz)
      where s.id = r.id and s.seen_version < r.seen_version
      """;

  private static final String ADD_EVENTS =
      """
      insert into service_events (id, service_id, cluster, service_name, event_type, event_name,
        message, deployment_id, created_at)
      select r.id, r.service_id, r.cluster, r.service_name, r.event_type, r.event_name, r.message,
        r.deployment_id, r.created_at
      from jsonb_to_recordset($1::text::jsonb) as r(id text, service_id text, cluster text,
        service_name text, event_type text, event_name text, message text, deployment_id text,
        created_at timestamptz)
      order by r.id on conflict (id) do nothing returning id
      """;

  private final Sql sql;

  PostgresServiceRows(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Uni<Map<String, ServiceStatusName>> statuses(Collection<String> serviceIds) {
    if (serviceIds.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return sql.byIds("select id, status from services where id = any($1)", serviceIds)
        .map(
            rows -> {
              Map<String, ServiceStatusName> statuses = new HashMap<>();
              for (Row row : rows) {
                statuses.put(row.getString("id"), Sql.name(row, "status", ServiceStatusName.class));
              }
              return statuses;
            });
  }

  @Override
  public Uni<Map<String, ServiceRow>> lock(Collection<String> serviceIds) {
    return sql.byIds(LOCK, serviceIds)
        .map(
            rows -> {
              Map<String, ServiceRow> services = new HashMap<>();
              for (Row row : rows) {
                services.put(row.getString("id"), service(row));
              }
              return services;
            });
  }

  @Override
  public Uni<Void> save(Collection<ServiceRow> services) {
    if (services.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return sql.withRows(
            SAVE,
            services,
            s ->
                Sql.columns(
                    "id", s.id(),
                    "status", s.status(),
                    "version", s.version(),
                    "desired", s.desired(),
                    "seen_version", s.seenVersion(),
                    "seen", s.seen(),
                    "deleted_at", s.deletedAt()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Set<String>> addEvents(Collection<ServiceEvent> events) {
    return sql.withRows(
            ADD_EVENTS,
            events,
            e ->
                Sql.columns(
                    "id", e.id(),
                    "service_id", e.serviceId(),
                    "cluster", e.cluster(),
                    "service_name", e.serviceName(),
                    "event_type", e.eventType(),
                    "event_name", e.eventName(),
                    "message", e.message(),
                    "deployment_id", e.deploymentId(),
                    "created_at", e.createdAt()))
        .map(
            rows -> {
              Set<String> added = new HashSet<>();
              for (Row row : rows) {
                added.add(row.getString("id"));
              }
              return added;
            });
  }

  private static ServiceRow service(Row row) {
    return new ServiceRow(
        row.getString("id"),
        row.getString("cluster"),
        row.getString("name"),
        Sql.name(row, "status", ServiceStatusName.class),
        row.getLong("version"),
        Sql.document(row, "desired", ServiceDesired.class),
        row.getLong("seen_version"),
        Sql.document(row, "seen", ServiceStatus.class),
        Sql.instant(row, "deleted_at"));
  }
}
