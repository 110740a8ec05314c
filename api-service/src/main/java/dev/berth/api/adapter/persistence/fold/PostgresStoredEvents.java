package dev.berth.api.adapter.persistence.fold;

import dev.berth.api.application.events.StoredEvent;
import dev.berth.api.application.events.StoredEvents;
import dev.berth.api.application.fold.DecisionRows;
import dev.berth.contracts.event.PublicEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads what the folds have committed, for those who follow. Whoever appends events holds one lock
 * until its commit: ids are in the order of the commits, and reading after an id misses none.
 */
@ApplicationScoped
public class PostgresStoredEvents implements StoredEvents, DecisionRows {
  static final String AFTER =
      """
      select id, cluster, event::text as event from public_events
      where id > $1 and ($2::text is null or cluster = $2) order by id limit $3
      """;

  private static final String DECIDED =
      """
      select id from tasks where id = any($1)
        and (verdict_version > 0 or seen_version > 0 or last_status = 'STOPPED')
      """;

  private final Pool pool;

  public PostgresStoredEvents(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<List<StoredEvent>> after(long position, String cluster, int limit) {
    return pool.preparedQuery(AFTER)
        .execute(Tuple.of(position, cluster, limit))
        .map(PostgresStoredEvents::events);
  }

  @Override
  public Uni<Long> newest() {
    return pool.preparedQuery("select coalesce(max(id), 0) as id from public_events")
        .execute()
        .map(rows -> rows.iterator().next().getLong("id"));
  }

  @Override
  public Uni<Set<String>> decided(Collection<String> taskIds) {
    return pool.preparedQuery(DECIDED)
        .execute(Tuple.of(taskIds.toArray(String[]::new)))
        .map(
            rows -> {
              Set<String> decided = new HashSet<>();
              for (Row row : rows) {
                decided.add(row.getString("id"));
              }
              return decided;
            });
  }

  static List<StoredEvent> events(RowSet<Row> rows) {
    List<StoredEvent> events = new ArrayList<>();
    for (Row row : rows) {
      events.add(
          new StoredEvent(
              row.getLong("id"),
              row.getString("cluster"),
              Sql.document(row, "event", PublicEvent.class)));
    }
    return events;
  }
}
