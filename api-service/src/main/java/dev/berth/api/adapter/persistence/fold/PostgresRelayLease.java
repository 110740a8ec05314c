package dev.berth.api.adapter.persistence.fold;

import dev.berth.api.application.events.StoredEvent;
import dev.berth.api.application.relay.OutboxEntry;
import dev.berth.api.application.relay.RelayLease;
import dev.berth.contracts.Topic;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jboss.logging.Logger;

/** The session that holds the relay's lock. */
final class PostgresRelayLease implements RelayLease {
  private static final Logger LOG = Logger.getLogger(PostgresRelayLease.class);
  private static final String OUTBOX =
      """
      select id, topic, key, partition_key,
        (extract(epoch from clock_timestamp() - created_at) * 1000)::bigint as age
      from outbox order by transaction_id, id limit $1
      """;

  private static final String EVENTS =
      """
      select id, cluster, event::text as event from public_events
      where id > (select position from relay_positions where name = 'public_events')
      order by id limit $1
      """;

  private static final String EVENTS_PUBLISHED =
      "update relay_positions set position = $1 where name = 'public_events'";

  private final SqlConnection connection;
  private final long lock;

  PostgresRelayLease(SqlConnection connection, long lock) {
    this.connection = connection;
    this.lock = lock;
  }

  @Override
  public List<OutboxEntry> outbox(int limit) {
    List<OutboxEntry> entries = new ArrayList<>();
    for (Row row : run(OUTBOX, Tuple.of(limit))) {
      entries.add(
          new OutboxEntry(
              row.getLong("id"),
              Topic.valueOf(row.getString("topic")),
              row.getString("key"),
              row.getString("partition_key"),
              Math.max(0, row.getLong("age"))));
    }
    return entries;
  }

  @Override
  public List<StoredEvent> events(int limit) {
    return PostgresStoredEvents.events(run(EVENTS, Tuple.of(limit)));
  }

  @Override
  public void published(Collection<OutboxEntry> entries, Long lastEvent) {
    if (!entries.isEmpty()) {
      Long[] ids = entries.stream().map(OutboxEntry::id).toArray(Long[]::new);
      run("delete from outbox where id = any($1)", Tuple.of(ids));
    }
    if (lastEvent != null) {
      run(EVENTS_PUBLISHED, Tuple.of(lastEvent));
    }
  }

  @Override
  public void close() {
    try {
      run("select pg_advisory_unlock($1)", Tuple.of(lock));
    } catch (RuntimeException e) {
      // The session is broken, and its lock with it.
      LOG.debugf("The relay's lock went with its session: %s", e.getMessage());
    } finally {
      connection.closeAndForget();
    }
  }

  private RowSet<Row> run(String sql, Tuple values) {
    return connection
        .preparedQuery(sql)
        .execute(values)
        .await()
        .atMost(PostgresRelayLeases.AT_MOST);
  }
}
