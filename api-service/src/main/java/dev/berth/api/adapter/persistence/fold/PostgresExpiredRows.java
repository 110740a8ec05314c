package dev.berth.api.adapter.persistence.fold;

import dev.berth.api.adapter.persistence.PostgresOutbox;
import dev.berth.api.application.retention.ExpiredRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** One delete per kind; rows that somebody works on are left for the next time. */
@ApplicationScoped
public class PostgresExpiredRows implements ExpiredRows {
  private static final String STOPPED_TASKS =
      """
      with gone as (
        delete from tasks where id in (
          select id from tasks
          where stopped_at < now() - make_interval(secs => $1) and last_status = 'STOPPED'
          order by stopped_at limit $2 for update skip locked)
        returning id, cluster, desired is not null as wanted),
      tombstones as (
        insert into outbox (topic, key, partition_key)
        select 'TASK_DESIRED', id, cluster from gone where wanted)
      select count(*)::int as n from gone
      """;

  private static final String INACTIVE_INSTANCES =
      """
      with gone as (
        delete from container_instances where id in (
          select id from container_instances
          where status = 'INACTIVE' and deregistered_at < now() - make_interval(secs => $1)
            and (heartbeat_at is null or heartbeat_at < now() - make_interval(secs => $1))
          limit $2 for update skip locked)
        returning id, cluster),
      tombstones as (
        insert into outbox (topic, key, partition_key)
        select 'CONTAINER_INSTANCE_DESIRED', id, cluster from gone)
      select count(*)::int as n from gone
      """;

  private static final String INACTIVE_SERVICES =
      """
      with gone as (
        delete from services where id in (
          select id from services
          where deleted_at < now() - make_interval(secs => $1) and status = 'INACTIVE'
          limit $2 for update skip locked)
        returning id),
      deployments as (
        delete from service_deployments where service_id in (select id from gone)),
      revisions as (
        delete from service_revisions where service_id in (select id from gone))
      select count(*)::int as n from gone
      """;

  private static final String SERVICE_DEPLOYMENTS =
      """
      with gone as (
        delete from service_deployments where arn in (
          select d.arn from service_deployments d
          where d.finished_at < now() - make_interval(secs => $1)
            and exists (select 1 from service_deployments newer
              where newer.service_id = d.service_id and newer.number > d.number)
          limit $2 for update skip locked)
        returning service_id, deployment_id),
      revisions as (
        delete from service_revisions v using gone
        where v.service_id = gone.service_id and v.deployment_id = gone.deployment_id)
      select count(*)::int as n from gone
      """;

  private static final String DELETED_TASK_DEFINITIONS =
      """
      with gone as (
        delete from task_definitions where arn in (
          select d.arn from task_definitions d
          where d.status = 'DELETE_IN_PROGRESS'
            and (d.definition ->> 'deleteRequestedAt')::timestamptz
              < now() - make_interval(secs => $1)
            and not exists (select 1 from tasks t
              where t.task_definition_arn = d.arn and t.last_status <> 'STOPPED')
            and not exists (select 1 from services s
              where s.status <> 'INACTIVE' and position(d.arn || '"' in s.desired::text) > 0)
          limit $2 for update skip locked)
        returning 1)
      select count(*)::int as n from gone
      """;

  /** Table, key, condition. */
  private static final String SIMPLE =
      """
      with gone as (
        delete from %1$s where ctid = any(array(
          select ctid from %1$s where %2$s < now() - make_interval(secs => $1) %3$s
          limit $2 for update skip locked))
        returning 1)
      select count(*)::int as n from gone
      """;

  private final Pool pool;

  public PostgresExpiredRows(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Integer> delete(Kind kind, Duration age, int limit) {
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(statement(kind))
                .execute(Tuple.of((double) age.toSeconds(), limit))
                .map(rows -> rows.iterator().next().getInteger("n"))
                .call(
                    deleted -> deleted > 0 ? wakeRelay(connection) : Uni.createFrom().nullItem()));
  }

  private static String statement(Kind kind) {
    return switch (kind) {
      case STOPPED_TASKS -> STOPPED_TASKS;
      case INACTIVE_INSTANCES -> INACTIVE_INSTANCES;
      case DELETED_TASK_DEFINITIONS -> DELETED_TASK_DEFINITIONS;
      case PUBLIC_EVENTS -> SIMPLE.formatted("public_events", "created_at", "");
      case SERVICE_EVENTS -> SIMPLE.formatted("service_events", "created_at", "");
      case CLIENT_TOKENS -> SIMPLE.formatted("idempotency_tokens", "created_at", "");
      case INACTIVE_SERVICES -> INACTIVE_SERVICES;
      case SERVICE_DEPLOYMENTS -> SERVICE_DEPLOYMENTS;
    };
  }

  private static Uni<Void> wakeRelay(SqlConnection connection) {
    return connection
        .preparedQuery("select pg_notify($1, '')")
        .execute(Tuple.of(PostgresOutbox.CHANNEL))
        .replaceWithVoid();
  }
}
