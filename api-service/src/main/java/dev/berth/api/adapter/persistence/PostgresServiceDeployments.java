package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.ServiceDeployments;
import dev.berth.api.domain.service.ServiceDeployment;
import dev.berth.api.domain.service.ServiceRevision;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Service deployments and revisions in PostgreSQL. */
@ApplicationScoped
public class PostgresServiceDeployments
    implements ServiceDeployments, PanacheRepositoryBase<ServiceDeploymentEntity, String> {

  @Override
  public Uni<Void> add(ServiceDeployment deployment, ServiceRevision revision) {
    ServiceDeploymentEntity row = new ServiceDeploymentEntity();
    row.arn = deployment.arn();
    row.serviceId = deployment.serviceId();
    row.deploymentId = deployment.deploymentId();
    row.createdAt = deployment.createdAt();
    write(row, deployment);
    ServiceRevisionEntity revisionRow = new ServiceRevisionEntity();
    revisionRow.arn = revision.serviceRevisionArn();
    revisionRow.serviceId = deployment.serviceId();
    revisionRow.deploymentId = deployment.deploymentId();
    revisionRow.document = revision;
    revisionRow.createdAt = revision.createdAt();
    return Panache.getSession()
        .chain(session -> session.persistAll(row, revisionRow).chain(session::flush));
  }

  @Override
  public Uni<List<ServiceDeployment>> find(Collection<String> arns) {
    return arns.isEmpty()
        ? Uni.createFrom().item(List.of())
        : list("arn in ?1", arns).map(PostgresServiceDeployments::documents);
  }

  @Override
  public Uni<Optional<ServiceDeployment>> lock(String arn) {
    return findById(arn, LockModeType.PESSIMISTIC_WRITE)
        .map(row -> Optional.ofNullable(row).map(found -> found.document));
  }

  @Override
  public Uni<List<ServiceDeployment>> lockOpen(String serviceId) {
    return find("serviceId = ?1 and finishedAt is null order by number", serviceId)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list()
        .map(PostgresServiceDeployments::documents);
  }

  @Override
  public Uni<Void> update(ServiceDeployment deployment) {
    return findById(deployment.arn())
        .invoke(row -> write(row, deployment))
        .chain(row -> flush())
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Numbered>> list(DeploymentFilter filter, Long before, int limit) {
    Map<String, Object> values = new HashMap<>();
    StringBuilder where = new StringBuilder("serviceId = :serviceId");
    values.put("serviceId", filter.serviceId());
    restrict(where, values, "number < :before", "before", before);
    restrict(where, values, "createdAt > :after", "after", filter.createdAfter());
    restrict(where, values, "createdAt < :until", "until", filter.createdBefore());
    restrict(where, values, "status in :statuses", "statuses", filter.statuses());
    return find(where + " order by number desc", values)
        .page(0, limit)
        .list()
        .map(rows -> rows.stream().map(row -> new Numbered(row.number, row.document)).toList());
  }

  @Override
  public Uni<List<ServiceRevision>> revisions(Collection<String> arns) {
    if (arns.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createQuery(
                        "from ServiceRevision where arn in ?1", ServiceRevisionEntity.class)
                    .setParameter(1, arns)
                    .getResultList())
        .map(rows -> rows.stream().map(row -> row.document).toList());
  }

  private static List<ServiceDeployment> documents(List<ServiceDeploymentEntity> rows) {
    return rows.stream().map(row -> row.document).toList();
  }

  private static void write(ServiceDeploymentEntity row, ServiceDeployment deployment) {
    row.status = deployment.status();
    row.document = deployment;
    row.finishedAt = deployment.finishedAt();
  }

  private static void restrict(
      StringBuilder where,
      Map<String, Object> values,
      String condition,
      String name,
      Object value) {
    boolean nothing = value == null || (value instanceof Collection<?> many && many.isEmpty());
    if (!nothing) {
      where.append(" and ").append(condition);
      values.put(name, value);
    }
  }
}
