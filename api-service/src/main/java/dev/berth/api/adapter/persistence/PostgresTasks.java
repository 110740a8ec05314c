package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.Tasks;
import dev.berth.api.domain.instance.ContainerInstanceDescription.Taken;
import dev.berth.api.domain.task.Task;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.task.HostPort;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.RunTaskSpec;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.taskdef.Tag;
import dev.berth.contracts.taskdef.TaskDefinition;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tasks in PostgreSQL. A one-off task's definition isn't copied into its row: many tasks run the
 * same revision, and a revision never changes, so it is joined when the task is read.
 */
@ApplicationScoped
public class PostgresTasks implements Tasks, PanacheRepositoryBase<TaskEntity, String> {
  private static final String TAKEN =
      """
      with live as (
        select container_instance_id as instance, last_status,
          coalesce(verdict -> 'resources', seen -> 'resources') as taken
        from tasks
        where container_instance_id = any(string_to_array(?1, chr(10)))
          and last_status <> 'STOPPED' and not refused)
      select instance,
        count(*) filter (where last_status = 'RUNNING'),
        count(*) filter (where last_status <> 'RUNNING'),
        coalesce(sum(cast(taken ->> 'cpu' as int)), 0),
        coalesce(sum(cast(taken ->> 'memory' as int)), 0),
        coalesce(sum(cast(taken ->> 'gpus' as int)), 0),
        cast(jsonb_build_object('hostPorts', coalesce((
          select jsonb_agg(port)
          from live other, jsonb_array_elements(
            case when jsonb_typeof(other.taken -> 'hostPorts') = 'array'
              then other.taken -> 'hostPorts' else '[]' end) port
          where other.instance = live.instance), '[]')) as text)
      from live group by instance
      """;

  private static final String GROUPS =
      """
      select container_instance_id, string_agg(distinct task_group, chr(10)) from tasks
      where container_instance_id = any(string_to_array(?1, chr(10)))
        and last_status <> 'STOPPED' and not refused and task_group is not null
      group by container_instance_id
      """;

  /**
   * Many tasks are read past the session: as entities each would have its documents read and copied
   * for a comparison that nobody needs. Times are microseconds since 1970.
   */
  private static final String FIND =
      """
      select id, cluster, task_definition_arn, cast(desired as text), cast(verdict as text),
        cast(seen as text), desired_status, last_status,
        cast(extract(epoch from created_at) * 1000000 as bigint),
        cast(extract(epoch from stopped_at) * 1000000 as bigint), cast(tags as text)
      from tasks where id = any(string_to_array(?1, chr(10)))
      """;

  private static final String DEFINITIONS =
      """
      select arn, cast(definition as text) from task_definitions
      where arn = any(string_to_array(?1, chr(10)))
      """;

  /** All rows of a call in one statement, each document written once. */
  private static final String ADD =
      """
      insert into tasks (id, cluster, family, task_definition_arn, task_group, started_by,
        container_instance_id, desired_status, last_status, version, desired, tags, created_at)
      select id, cluster, family, task_definition_arn, task_group, started_by,
        container_instance_id, desired_status, last_status, version, desired, tags, created_at
      from jsonb_to_recordset(cast(cast(?1 as text) as jsonb)) as r(id text, cluster text,
        family text, task_definition_arn text, task_group text, started_by text,
        container_instance_id text, desired_status text, last_status text, version bigint,
        desired jsonb, tags jsonb, created_at timestamptz)
      order by id
      """;

  @Override
  public Uni<Optional<Task>> find(String id) {
    return findById(id).chain(row -> joined(row == null ? List.of() : List.of(row))).map(this::one);
  }

  @Override
  public Uni<Optional<Task>> lock(String id) {
    return findById(id, LockModeType.PESSIMISTIC_WRITE)
        .chain(row -> joined(row == null ? List.of() : List.of(row)))
        .map(this::one);
  }

  @Override
  public Uni<List<Task>> find(Collection<String> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return rows(FIND, ids)
        .chain(
            rows -> {
              List<Task> tasks = rows.stream().map(PostgresTasks::task).toList();
              Set<String> arns =
                  tasks.stream()
                      .filter(task -> task.desired() != null && task.desired().run() != null)
                      .map(Task::taskDefinitionArn)
                      .collect(Collectors.toSet());
              return arns.isEmpty()
                  ? Uni.createFrom().item(tasks)
                  : rows(DEFINITIONS, arns).map(found -> withDefinitions(tasks, found));
            });
  }

  private static Uni<List<Object[]>> rows(String query, Collection<String> keys) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(query, Object[].class)
                    .setParameter(1, String.join("\n", keys))
                    .getResultList());
  }

  private static List<Task> withDefinitions(List<Task> tasks, List<Object[]> rows) {
    Map<String, TaskDefinition> definitions =
        rows.stream()
            .collect(
                Collectors.toMap(
                    row -> (String) row[0], row -> document(row[1], TaskDefinition.class)));
    return tasks.stream()
        .map(
            task ->
                task.desired() == null || task.desired().run() == null
                    ? task
                    : task.with(
                        withDefinition(task.desired(), definitions.get(task.taskDefinitionArn()))))
        .toList();
  }

  @Override
  public Uni<List<Task>> list(TaskFilter filter, String after, int limit) {
    Map<String, Object> values = new HashMap<>();
    StringBuilder where = new StringBuilder("id > :after and refused = false");
    values.put("after", after);
    restrict(where, values, "cluster", filter.cluster());
    restrict(where, values, "serviceName", filter.serviceName());
    restrict(where, values, "family", filter.family());
    restrict(where, values, "startedBy", filter.startedBy());
    restrict(where, values, "launchType", filter.launchType());
    restrict(where, values, "containerInstanceId", filter.containerInstanceId());
    restrict(where, values, "desiredStatus", lifecycle(filter.desiredStatus()));
    restrict(where, values, "lastStatus", lifecycle(filter.lastStatus()));
    return find(where + " order by id", values).page(0, limit).list().chain(this::joined);
  }

  @Override
  public Uni<Void> add(Collection<Task> tasks) {
    String rows = text(tasks.stream().map(PostgresTasks::columns).toList());
    return Panache.getSession()
        .chain(session -> session.createNativeQuery(ADD).setParameter(1, rows).executeUpdate())
        .replaceWithVoid();
  }

  private static Map<String, Object> columns(Task task) {
    RunTaskSpec run = task.desired().run();
    Map<String, Object> columns = new HashMap<>();
    columns.put("id", task.id());
    columns.put("cluster", task.cluster());
    columns.put("family", run.taskDefinition().family());
    columns.put("task_definition_arn", run.taskDefinition().taskDefinitionArn());
    columns.put("task_group", run.group());
    columns.put("started_by", run.startedBy());
    columns.put("container_instance_id", run.containerInstance());
    columns.put("desired_status", task.desiredStatus());
    columns.put("last_status", task.lastStatus());
    columns.put("version", task.desired().version());
    columns.put("desired", withDefinition(task.desired(), null));
    columns.put("tags", new TagsDocument(task.tags()));
    columns.put("created_at", task.createdAt());
    return columns;
  }

  @Override
  public Uni<Void> update(Task task) {
    return findById(task.id())
        .invoke(row -> write(row, task))
        .chain(row -> flush())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> retag(String id, List<Tag> tags) {
    return findById(id)
        .invoke(row -> row.tags = new TagsDocument(tags))
        .chain(row -> flush())
        .replaceWithVoid();
  }

  @Override
  public Uni<Map<String, Taken>> takenOf(Collection<String> containerInstanceIds) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(TAKEN, Object[].class)
                    .setParameter(1, String.join("\n", containerInstanceIds))
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .collect(Collectors.toMap(row -> (String) row[0], PostgresTasks::taken)));
  }

  @Override
  public Uni<Map<String, List<String>>> groupsOf(Collection<String> containerInstanceIds) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(GROUPS, Object[].class)
                    .setParameter(1, String.join("\n", containerInstanceIds))
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toMap(
                            row -> (String) row[0],
                            row -> List.of(((String) row[1]).split("\n", -1)))));
  }

  private static Taken taken(Object[] row) {
    List<HostPort> ports =
        EventJson.read(((String) row[6]).getBytes(StandardCharsets.UTF_8), Resources.class)
            .hostPorts();
    return new Taken(
        number(row[1]), number(row[2]), number(row[3]), number(row[4]), number(row[5]), ports);
  }

  private static int number(Object sum) {
    return ((Number) sum).intValue();
  }

  private Optional<Task> one(List<Task> tasks) {
    return tasks.stream().findFirst();
  }

  private Uni<List<Task>> joined(List<TaskEntity> rows) {
    Set<String> arns =
        rows.stream()
            .filter(row -> row.desired != null && row.desired.run() != null)
            .map(row -> row.taskDefinitionArn)
            .collect(Collectors.toSet());
    if (arns.isEmpty()) {
      return Uni.createFrom().item(rows.stream().map(row -> task(row, Map.of())).toList());
    }
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createQuery("from TaskDefinition where arn in ?1", TaskDefinitionEntity.class)
                    .setParameter(1, arns)
                    .getResultList())
        .map(
            found -> {
              Map<String, TaskDefinition> definitions =
                  found.stream().collect(Collectors.toMap(row -> row.arn, row -> row.definition));
              return rows.stream().map(row -> task(row, definitions)).toList();
            });
  }

  private static Task task(Object[] row) {
    TagsDocument tags = document(row[10], TagsDocument.class);
    return new Task(
        (String) row[0],
        (String) row[1],
        (String) row[2],
        document(row[3], TaskDesired.class),
        document(row[4], TaskVerdict.class),
        document(row[5], TaskStatus.class),
        lifecycle((String) row[6]),
        lifecycle((String) row[7]),
        time(row[8]),
        time(row[9]),
        tags == null ? null : tags.tags());
  }

  private static <T> T document(Object text, Class<T> type) {
    return text == null
        ? null
        : EventJson.read(((String) text).getBytes(StandardCharsets.UTF_8), type);
  }

  private static String text(Object document) {
    return new String(EventJson.write(document), StandardCharsets.UTF_8);
  }

  private static Instant time(Object micros) {
    return micros == null
        ? null
        : Instant.EPOCH.plus(((Number) micros).longValue(), ChronoUnit.MICROS);
  }

  private static Task task(TaskEntity row, Map<String, TaskDefinition> definitions) {
    TaskDesired desired = row.desired;
    if (desired != null && desired.run() != null) {
      desired = withDefinition(desired, definitions.get(row.taskDefinitionArn));
    }
    return new Task(
        row.id,
        row.cluster,
        row.taskDefinitionArn,
        desired,
        row.verdict,
        row.seen,
        row.desiredStatus,
        row.lastStatus,
        row.createdAt,
        row.stoppedAt,
        row.tags == null ? null : row.tags.tags());
  }

  private static TaskDesired withDefinition(TaskDesired desired, TaskDefinition definition) {
    RunTaskSpec run = desired.run();
    return new TaskDesired(
        desired.taskId(),
        desired.cluster(),
        desired.version(),
        desired.installationId(),
        desired.desiredStatus(),
        desired.stopCode(),
        desired.stoppedReason(),
        run == null
            ? null
            : new RunTaskSpec(
                definition,
                run.overrides(),
                run.group(),
                run.startedBy(),
                run.launchType(),
                run.containerInstance(),
                run.networkConfiguration(),
                run.placementConstraints(),
                run.placementStrategy(),
                run.capacityProviderStrategy(),
                run.tags(),
                run.enableExecuteCommand(),
                run.createdAt(),
                run.expiresAt(),
                run.placementTimeoutSeconds(),
                run.platformVersion()),
        desired.protection(),
        desired.containerInstanceId());
  }

  private static void write(TaskEntity row, Task task) {
    row.desired = task.desired() == null ? null : withDefinition(task.desired(), null);
    row.version = task.desired() == null ? 0 : task.desired().version();
    row.desiredStatus = task.desiredStatus();
  }

  private static TaskLifecycle lifecycle(String name) {
    return name == null ? null : TaskLifecycle.valueOf(name);
  }

  private static void restrict(
      StringBuilder where, Map<String, Object> values, String field, Object value) {
    if (value != null) {
      where.append(" and ").append(field).append(" = :").append(field);
      values.put(field, value);
    }
  }
}
