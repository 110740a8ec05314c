package dev.berth.api.adapter.persistence.fold;

import dev.berth.api.application.fold.TaskRows;
import dev.berth.api.domain.fold.TaskRow;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The table {@code tasks}. */
final class PostgresTaskRows implements TaskRows {
  /** In the order of the ids, so that two batches never wait for each other crosswise. */
  private static final String LOCK =
      """
      select id, cluster, task_definition_arn, service_name, service_id, deployment_id, task_group,
        started_by, container_instance_id, desired_status, last_status, version,
        desired::text as desired, verdict_version, verdict::text as verdict, seen_version,
        seen::text as seen, created_at, stopped_at
      from tasks where id = any($1) order by id for update
      """;

  /** A row with nothing in it, for the lock; the same transaction fills it. */
  private static final String RESERVE =
      """
      insert into tasks (id, cluster, created_at)
      select id, cluster, now() from jsonb_to_recordset($1::text::jsonb) as r(id text, cluster text)
      order by id on conflict (id) do nothing
      """;

  private static final String SAVE =
      """
      update tasks t set
        family = r.family, task_definition_arn = r.task_definition_arn,
        service_name = r.service_name,
        service_id = coalesce(r.service_id, (select s.id from services s where s.cluster = r.cluster
          and s.name = r.service_name and s.status <> 'INACTIVE')),
        deployment_id = r.deployment_id, task_group = r.task_group, started_by = r.started_by,
        container_instance_id = r.container_instance_id, desired_status = r.desired_status,
        tags = case when t.tags is not null or r.service_name is null then t.tags
          else coalesce((select jsonb_build_object('tags',
              s.options #> array['revisions', r.deployment_id, 'taskTags'])
            from services s where s.cluster = r.cluster and s.name = r.service_name
              and s.status <> 'INACTIVE'), '{"tags": []}') end,
        last_status = r.last_status, created_at = r.created_at, stopped_at = r.stopped_at,
        %1$s_version = r.%1$s_version, %1$s = r.%1$s
      from jsonb_to_recordset($1::text::jsonb) as r(id text, cluster text, family text,
        task_definition_arn text, service_name text, service_id text, deployment_id text,
        task_group text, started_by text, container_instance_id text, desired_status text,
        last_status text, created_at timestamptz, stopped_at timestamptz,
        %1$s_version bigint, %1$s jsonb)
      where t.id = r.id and t.%1$s_version < r.%1$s_version
      """;

  private static final String SAVE_VERDICTS = SAVE.formatted("verdict");
  private static final String SAVE_STATUSES = SAVE.formatted("seen");

  /** The rule is TaskFold's: without a wish, never seen, not over. */
  private static final String FORGET =
      """
      delete from tasks where id in (
        select id from tasks where id = any($1) and desired is null and seen_version = 0
          and last_status is distinct from 'STOPPED' order by id for update)
      """;

  private final Sql sql;

  PostgresTaskRows(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Uni<Map<String, TaskRow>> lock(Map<String, String> clusterById) {
    return sql.byIds(LOCK, clusterById.keySet())
        .chain(
            found -> {
              Map<String, TaskRow> tasks = new HashMap<>();
              addTo(tasks, found);
              Map<String, String> missing = new HashMap<>(clusterById);
              missing.keySet().removeAll(tasks.keySet());
              return missing.isEmpty()
                  ? Uni.createFrom().item(tasks)
                  : reserve(missing).invoke(more -> addTo(tasks, more)).replaceWith(tasks);
            });
  }

  private Uni<RowSet<Row>> reserve(Map<String, String> missing) {
    return sql.withRows(
            RESERVE,
            missing.entrySet(),
            e -> Sql.columns("id", e.getKey(), "cluster", e.getValue()))
        .chain(() -> sql.byIds(LOCK, missing.keySet()));
  }

  @Override
  public Uni<Void> saveVerdicts(Collection<TaskRow> tasks) {
    return save(SAVE_VERDICTS, tasks, "verdict");
  }

  @Override
  public Uni<Void> forget(Collection<String> ids) {
    return ids.isEmpty() ? Uni.createFrom().voidItem() : sql.byIds(FORGET, ids).replaceWithVoid();
  }

  @Override
  public Uni<Void> saveStatuses(Collection<TaskRow> tasks) {
    return save(SAVE_STATUSES, tasks, "seen");
  }

  private Uni<Void> save(String statement, Collection<TaskRow> tasks, String part) {
    if (tasks.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    boolean verdict = part.equals("verdict");
    return sql.withRows(
            statement,
            tasks,
            t -> {
              Map<String, Object> columns = shared(t);
              columns.put(part + "_version", verdict ? t.verdictVersion() : t.seenVersion());
              columns.put(part, verdict ? t.verdict() : t.seen());
              return columns;
            })
        .replaceWithVoid();
  }

  private static Map<String, Object> shared(TaskRow t) {
    return Sql.columns(
        "id", t.id(),
        "cluster", t.cluster(),
        "family", t.family(),
        "task_definition_arn", t.taskDefinitionArn(),
        "service_name", t.serviceName(),
        "service_id", t.serviceId(),
        "deployment_id", t.deploymentId(),
        "task_group", t.group(),
        "started_by", t.startedBy(),
        "container_instance_id", t.containerInstanceId(),
        "desired_status", t.desiredStatus(),
        "last_status", t.lastStatus(),
        "created_at", t.createdAt(),
        "stopped_at", t.stoppedAt());
  }

  @Override
  public Uni<Void> saveStops(Collection<TaskRow> tasks) {
    return sql.withRows(
            """
            update tasks t set desired_status = 'STOPPED', version = r.version, desired = r.desired
            from jsonb_to_recordset($1::text::jsonb) as r(id text, version bigint, desired jsonb)
            where t.id = r.id and t.version < r.version
            """,
            tasks,
            t -> Sql.columns("id", t.id(), "version", t.version(), "desired", t.desired()))
        .replaceWithVoid();
  }

  private static void addTo(Map<String, TaskRow> tasks, RowSet<Row> rows) {
    for (Row row : rows) {
      TaskRow task = task(row);
      boolean reserved =
          task.desired() == null && task.verdictVersion() == 0 && task.seenVersion() == 0;
      if (!reserved) {
        tasks.put(task.id(), task);
      }
    }
  }

  private static TaskRow task(Row row) {
    return new TaskRow(
        row.getString("id"),
        row.getString("cluster"),
        row.getString("task_definition_arn"),
        row.getString("service_name"),
        row.getString("service_id"),
        row.getString("deployment_id"),
        row.getString("task_group"),
        row.getString("started_by"),
        row.getString("container_instance_id"),
        Sql.name(row, "desired_status", TaskLifecycle.class),
        Sql.name(row, "last_status", TaskLifecycle.class),
        row.getLong("version"),
        Sql.document(row, "desired", TaskDesired.class),
        row.getLong("verdict_version"),
        Sql.document(row, "verdict", TaskVerdict.class),
        row.getLong("seen_version"),
        Sql.document(row, "seen", TaskStatus.class),
        Sql.instant(row, "created_at"),
        Sql.instant(row, "stopped_at"));
  }
}
