package dev.berth.api.adapter.persistence.fold;

import dev.berth.api.adapter.persistence.PostgresOutbox;
import dev.berth.api.application.fold.DeploymentRows;
import dev.berth.api.application.fold.FoldRows;
import dev.berth.api.application.fold.InstanceRows;
import dev.berth.api.application.fold.LoadBalancerRows;
import dev.berth.api.application.fold.ServiceRows;
import dev.berth.api.application.fold.TargetRows;
import dev.berth.api.application.fold.TaskRows;
import dev.berth.api.domain.fold.ClusterEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The rows of one transaction on one connection. */
final class PostgresFoldRows implements FoldRows {
  /** Key of the advisory lock that whoever appends public events holds until it commits. */
  static final long APPEND_LOCK = 0x6265727468_01L;

  private static final String APPEND =
      """
      insert into public_events (event_id, cluster, event)
      select r.event_id, r.cluster, r.event
      from rows from (jsonb_to_recordset($1::text::jsonb)
          as (event_id text, cluster text, event jsonb)) with ordinality
          as r(event_id, cluster, event, n)
      order by r.n
      on conflict (event_id) do nothing
      """;

  private final Sql sql;

  PostgresFoldRows(SqlConnection connection) {
    this.sql = new Sql(connection);
  }

  @Override
  public TaskRows tasks() {
    return new PostgresTaskRows(sql);
  }

  @Override
  public ServiceRows services() {
    return new PostgresServiceRows(sql);
  }

  @Override
  public DeploymentRows deployments() {
    return new PostgresDeploymentRows(sql);
  }

  @Override
  public InstanceRows instances() {
    return new PostgresInstanceRows(sql);
  }

  @Override
  public TargetRows targets() {
    return new PostgresTargetRows(sql);
  }

  @Override
  public LoadBalancerRows loadBalancers() {
    return new PostgresLoadBalancerRows(sql);
  }

  @Override
  public Uni<List<Long>> nextVersions(int count) {
    return sql.run(
            "select nextval('resource_version') as v from generate_series(1, $1::int)", count)
        .map(
            rows -> {
              List<Long> versions = new ArrayList<>(count);
              for (Row row : rows) {
                versions.add(row.getLong("v"));
              }
              return versions;
            });
  }

  @Override
  public Uni<Void> changed(Collection<Changed> changed) {
    if (changed.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return sql.withRows(
            """
            insert into outbox (topic, key, partition_key)
            select topic, key, partition_key from jsonb_to_recordset($1::text::jsonb)
              as r(topic text, key text, partition_key text)
            """,
            changed,
            c ->
                Sql.columns(
                    "topic", c.topic().name(), "key", c.key(), "partition_key", c.partitionKey()))
        .chain(() -> sql.run("select pg_notify($1, '')", PostgresOutbox.CHANNEL))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> append(Collection<ClusterEvent> events) {
    if (events.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return sql.run("select pg_advisory_xact_lock($1)", APPEND_LOCK)
        .chain(
            () ->
                sql.withRows(
                    APPEND,
                    events,
                    e ->
                        Sql.columns(
                            "event_id", e.event().id(),
                            "cluster", e.cluster(),
                            "event", e.event())))
        .replaceWithVoid();
  }
}
