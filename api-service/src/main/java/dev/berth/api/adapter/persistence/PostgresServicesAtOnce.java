package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.ServicesAtOnce;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceDescription.Event;
import dev.berth.api.domain.service.ServiceOptions;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One statement past the session: entities cost more processor time here than all the rest of a
 * call (each document is read three times, and each statement is made up anew).
 */
@ApplicationScoped
public class PostgresServicesAtOnce implements ServicesAtOnce {
  private static final String FIND =
      """
      select one.desired, one.options, one.seen, one.deleted_at, said.ids, said.times, said.messages
      from clusters
      left join lateral (
        select distinct on (name) id, desired::text, options::text, seen::text, deleted_at
        from services where cluster = $1 and name = any($2)
        order by name, (status = 'INACTIVE'), created_at desc) one on true
      left join lateral (
        select array_agg(id) as ids, array_agg(created_at) as times, array_agg(message) as messages
        from (
          select id, created_at, message from service_events where service_id = one.id
          order by created_at desc, id desc limit $3) newest) said on true
      where clusters.name = $1 and clusters.status = 'ACTIVE'
      """;

  private final Pool pool;

  public PostgresServicesAtOnce(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Optional<List<Found>>> find(String cluster, Collection<String> names, int events) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(cluster, names.toArray(String[]::new), events))
        .map(PostgresServicesAtOnce::found);
  }

  private static Optional<List<Found>> found(RowSet<Row> rows) {
    if (rows.size() == 0) {
      return Optional.empty();
    }
    List<Found> found = new ArrayList<>(rows.size());
    for (Row row : rows) {
      // A cluster without any of the services is one row of nulls.
      if (row.getString("desired") != null) {
        found.add(new Found(service(row), events(row)));
      }
    }
    return Optional.of(found);
  }

  private static Service service(Row row) {
    OffsetDateTime deletedAt = row.getOffsetDateTime("deleted_at");
    return new Service(
        document(row, "desired", ServiceDesired.class),
        document(row, "options", ServiceOptions.class),
        document(row, "seen", ServiceStatus.class),
        deletedAt == null ? null : deletedAt.toInstant());
  }

  private static List<Event> events(Row row) {
    String[] ids = row.getArrayOfStrings("ids");
    if (ids == null) {
      return List.of();
    }
    OffsetDateTime[] times = row.getArrayOfOffsetDateTimes("times");
    String[] messages = row.getArrayOfStrings("messages");
    List<Event> events = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      events.add(new Event(ids[i], times[i].toInstant(), messages[i]));
    }
    return events;
  }

  private static <T> T document(Row row, String column, Class<T> type) {
    String text = row.getString(column);
    return text == null ? null : EventJson.read(text.getBytes(StandardCharsets.UTF_8), type);
  }
}
