package dev.berth.api.adapter.persistence.fold;

import dev.berth.api.application.relay.RelayLease;
import dev.berth.api.application.relay.RelayLeases;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** The lease is an advisory lock of a session: PostgreSQL gives it back when the session dies. */
@ApplicationScoped
public class PostgresRelayLeases implements RelayLeases {
  /** Key of the advisory lock. */
  private static final long RELAY_LOCK = 0x6265727468_02L;

  static final Duration AT_MOST = Duration.ofSeconds(10);

  private final Pool pool;

  public PostgresRelayLeases(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Optional<RelayLease> tryAcquire() {
    SqlConnection connection = pool.getConnection().await().atMost(AT_MOST);
    try {
      boolean locked =
          connection
              .preparedQuery("select pg_try_advisory_lock($1) as locked")
              .execute(Tuple.of(RELAY_LOCK))
              .await()
              .atMost(AT_MOST)
              .iterator()
              .next()
              .getBoolean("locked");
      if (locked) {
        return Optional.of(new PostgresRelayLease(connection, RELAY_LOCK));
      }
      connection.closeAndForget();
      return Optional.empty();
    } catch (RuntimeException e) {
      connection.closeAndForget();
      throw e;
    }
  }

  @Override
  public OutboxDepth depth() {
    Row row =
        pool.query(
                """
                select count(*) as rows, coalesce(
                  (extract(epoch from clock_timestamp() - min(created_at)) * 1000)::bigint, 0) as age
                from outbox
                """)
            .execute()
            .await()
            .atMost(AT_MOST)
            .iterator()
            .next();
    return new OutboxDepth(row.getLong("rows"), Math.max(0, row.getLong("age")));
  }
}
