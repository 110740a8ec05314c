package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.TaskDefinitions;
import dev.berth.api.domain.taskdefinition.RegisteredTaskDefinition;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.TaskDefinitionStatus;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Task definitions in PostgreSQL. */
@ApplicationScoped
public class PostgresTaskDefinitions
    implements TaskDefinitions, PanacheRepositoryBase<TaskDefinitionEntity, String> {
  private static final String NEXT_REVISION =
      """
      insert into task_definition_families (family, last_revision) values (?1, 1)
      on conflict (family) do update set last_revision = task_definition_families.last_revision + 1
      returning last_revision
      """;
  private static final String FAMILIES =
      """
      select f.family from task_definition_families f
      where f.family > ?1 and starts_with(f.family, ?2)
        and (?3 = '' or (?3 = 'ACTIVE') =
          exists (select 1 from task_definitions d where d.family = f.family and d.status = 'ACTIVE'))
      order by f.family limit ?4
      """;

  @Override
  public Uni<Integer> nextRevision(String family) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(NEXT_REVISION, Integer.class)
                    .setParameter(1, family)
                    .getSingleResult());
  }

  @Override
  public Uni<Void> add(RegisteredTaskDefinition revision) {
    TaskDefinitionEntity row = new TaskDefinitionEntity();
    row.arn = revision.definition().taskDefinitionArn();
    row.family = revision.definition().family();
    row.revision = revision.definition().revision();
    row.registeredAt = revision.definition().registeredAt();
    write(row, revision);
    return persistAndFlush(row).replaceWithVoid();
  }

  @Override
  public Uni<Void> update(RegisteredTaskDefinition revision) {
    return findById(revision.definition().taskDefinitionArn())
        .invoke(row -> write(row, revision))
        .chain(row -> flush())
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<RegisteredTaskDefinition>> find(String family, int revision) {
    return find("family = ?1 and revision = ?2", family, revision)
        .firstResult()
        .map(PostgresTaskDefinitions::revision);
  }

  @Override
  public Uni<Optional<RegisteredTaskDefinition>> lock(String family, int revision) {
    return find("family = ?1 and revision = ?2", family, revision)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResult()
        .map(PostgresTaskDefinitions::revision);
  }

  @Override
  public Uni<Optional<RegisteredTaskDefinition>> newestActive(String family) {
    return find("family = ?1 and status = ACTIVE order by revision desc", family)
        .page(0, 1)
        .firstResult()
        .map(PostgresTaskDefinitions::revision);
  }

  @Override
  public Uni<List<RegisteredTaskDefinition>> list(
      String familyPrefix,
      TaskDefinitionStatus status,
      boolean descending,
      String afterFamily,
      int afterRevision,
      int limit) {
    String beyond =
        descending
            ? "(:from = '' or family < :from or (family = :from and revision < :number))"
            : "(family > :from or (family = :from and revision > :number))";
    String order = descending ? " desc" : "";
    return find(
            "status = :status and (:prefix = '' or family = :prefix) and "
                + beyond
                + " order by family"
                + order
                + ", revision"
                + order,
            Map.of(
                "status",
                status,
                "prefix",
                familyPrefix,
                "from",
                afterFamily,
                "number",
                afterRevision))
        .page(0, limit)
        .list()
        .map(rows -> rows.stream().map(row -> revision(row).orElseThrow()).toList());
  }

  @Override
  public Uni<List<String>> families(
      String prefix, TaskDefinitionStatus having, String after, int limit) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(FAMILIES, String.class)
                    .setParameter(1, after)
                    .setParameter(2, prefix)
                    .setParameter(3, having == null ? "" : having.name())
                    .setParameter(4, limit)
                    .getResultList());
  }

  private static Optional<RegisteredTaskDefinition> revision(TaskDefinitionEntity row) {
    return Optional.ofNullable(row)
        .map(found -> new RegisteredTaskDefinition(found.definition, found.tags.tags()));
  }

  private static void write(TaskDefinitionEntity row, RegisteredTaskDefinition revision) {
    TaskDefinition definition = revision.definition();
    row.status = definition.status();
    row.definition = definition;
    row.tags = new TagsDocument(revision.tags());
  }
}
