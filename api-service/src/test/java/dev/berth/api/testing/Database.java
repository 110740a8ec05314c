package dev.berth.api.testing;

import static dev.berth.api.domain.fold.Records.CLUSTER;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.service.ServiceDesired;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks into the tables, and sets them up, for tests. */
@ApplicationScoped
public class Database {
  private static final Duration AT_MOST = Duration.ofSeconds(10);

  private final Pool pool;

  public Database(Pool pool) {
    this.pool = pool;
  }

  /** Runs a statement. */
  public RowSet<Row> run(String sql, Object... values) {
    return pool.preparedQuery(sql).execute(Tuple.tuple(List.of(values))).await().atMost(AT_MOST);
  }

  /** The first column of the first row as text. */
  public Optional<String> text(String sql, Object... values) {
    for (Row row : run(sql, values)) {
      return Optional.ofNullable(row.getValue(0)).map(Object::toString);
    }
    return Optional.empty();
  }

  /** The first column of the first row as a number. */
  public long number(String sql, Object... values) {
    return Long.parseLong(text(sql, values).orElse("0"));
  }

  /** Creates a cluster as its use case would. */
  public void cluster(String name) {
    run(
        """
        insert into clusters (name, status, version, desired, created_at)
        values ($1, 'ACTIVE', 1, '{}', now()) on conflict do nothing
        """,
        name);
  }

  /** Creates a service as its use case would. */
  public void service(ServiceDesired desired) {
    cluster(CLUSTER);
    run(
        """
        insert into services (id, cluster, name, status, version, desired, created_at)
        values ($1, $2, $3, $4, $5, $6::text::jsonb, now())
        """,
        desired.serviceId(),
        desired.cluster(),
        desired.serviceName(),
        desired.status().name(),
        desired.version(),
        new String(EventJson.write(desired), StandardCharsets.UTF_8));
  }
}
