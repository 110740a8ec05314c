package dev.berth.api.adapter.persistence.fold;

import dev.berth.api.application.fold.TargetRows;
import dev.berth.contracts.loadbalancer.TargetStatus;
import io.smallrye.mutiny.Uni;
import java.util.Collection;

/** The table {@code target_health}. */
final class PostgresTargetRows implements TargetRows {
  private static final String SAVE =
      """
      insert into target_health as t (target_group_arn, target_id, lb_instance_id, version, task_id,
        state, reason, description, changed_at, host, port, availability_zone)
      select r.target_group_arn, r.target_id, r.lb_instance_id, r.version, r.task_id, r.state,
        r.reason, r.description, coalesce(r.changed_at, now()), r.host, r.port, r.availability_zone
      from jsonb_to_recordset($1::text::jsonb) as r(target_group_arn text, target_id text,
        lb_instance_id text, version bigint, task_id text, state text, reason text,
        description text, changed_at timestamptz, host text, port integer, availability_zone text)
      order by 1, 2, 3
      on conflict (target_group_arn, target_id, lb_instance_id) do update set
        version = excluded.version, task_id = excluded.task_id, state = excluded.state,
        reason = excluded.reason, description = excluded.description,
        changed_at = excluded.changed_at, host = excluded.host, port = excluded.port,
        availability_zone = excluded.availability_zone
      where t.version < excluded.version
      """;

  private static final String REMOVE =
      """
      delete from target_health
      where target_group_arn || '|' || target_id || '|' || lb_instance_id = any($1)
      """;

  private final Sql sql;

  PostgresTargetRows(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Uni<Void> save(Collection<TargetStatus> statuses) {
    if (statuses.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return sql.withRows(
            SAVE,
            statuses,
            s ->
                Sql.columns(
                    "target_group_arn", s.targetGroupArn(),
                    "target_id", s.targetId(),
                    "lb_instance_id", s.lbInstanceId(),
                    "version", s.version(),
                    "task_id", s.taskId(),
                    "state", s.state(),
                    "reason", s.reason(),
                    "description", s.description(),
                    "changed_at", s.changedAt(),
                    "host", s.host(),
                    "port", s.port(),
                    "availability_zone", s.availabilityZone()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> remove(Collection<String> keys) {
    return keys.isEmpty() ? Uni.createFrom().voidItem() : sql.byIds(REMOVE, keys).replaceWithVoid();
  }
}
