package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.Services;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceDescription;
import dev.berth.contracts.service.ServiceStatusName;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Services in PostgreSQL. */
@ApplicationScoped
public class PostgresServices implements Services, PanacheRepositoryBase<ServiceEntity, String> {
  private static final String USING_TARGET_GROUP =
      """
      select cluster || '/' || name from services
      where status <> 'INACTIVE'
        and desired -> 'loadBalancers' @> cast(cast(?1 as text) as jsonb)
      order by 1
      """;

  private static final String EVENTS =
      """
      select id, created_at, message from service_events where service_id = ?1
      order by created_at desc, id desc limit ?2
      """;

  private static final String LIST =
      """
      select * from services
      where cluster = ?1 and name > ?2 and status <> 'INACTIVE'
        and (?3 = '' or desired ->> 'launchType' = ?3)
        and (?4 = '' or desired ->> 'schedulingStrategy' = ?4)
      order by name limit ?5
      """;

  private static final String BY_NAMESPACE =
      """
      select * from services
      where status <> 'INACTIVE' and desired ->> 'serviceArn' > ?2
        and exists (select 1 from jsonb_each(options -> 'revisions') one
          where one.key = desired -> 'deployments' -> 0 ->> 'id'
            and one.value -> 'serviceConnectConfiguration' ->> 'namespace' = ?1)
      order by desired ->> 'serviceArn' limit ?3
      """;

  @Override
  public Uni<Optional<Service>> find(String cluster, String name) {
    return find(
            "cluster = ?1 and name = ?2 order by case when status = INACTIVE then 1 else 0 end, createdAt desc",
            cluster,
            name)
        .page(0, 1)
        .firstResult()
        .map(PostgresServices::service);
  }

  @Override
  public Uni<Optional<Service>> lock(String cluster, String name) {
    return find("cluster = ?1 and name = ?2 and status <> INACTIVE", cluster, name)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResult()
        .map(PostgresServices::service);
  }

  @Override
  public Uni<List<Service>> list(ServiceFilter filter, String after, int limit) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(LIST, ServiceEntity.class)
                    .setParameter(1, filter.cluster())
                    .setParameter(2, after)
                    .setParameter(3, orEmpty(filter.launchType()))
                    .setParameter(4, orEmpty(filter.schedulingStrategy()))
                    .setParameter(5, limit)
                    .getResultList())
        .map(PostgresServices::services);
  }

  @Override
  public Uni<List<Service>> byNamespace(String namespace, String afterArn, int limit) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(BY_NAMESPACE, ServiceEntity.class)
                    .setParameter(1, namespace)
                    .setParameter(2, afterArn)
                    .setParameter(3, limit)
                    .getResultList())
        .map(PostgresServices::services);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  @Override
  public Uni<Void> add(Service service) {
    ServiceEntity row = new ServiceEntity();
    row.id = service.desired().serviceId();
    row.cluster = service.desired().cluster();
    row.name = service.desired().serviceName();
    row.createdAt = service.desired().createdAt();
    write(row, service);
    return persistAndFlush(row).replaceWithVoid();
  }

  @Override
  public Uni<Void> update(Service service) {
    return findById(service.desired().serviceId())
        .invoke(row -> write(row, service))
        .chain(row -> flush())
        .replaceWithVoid();
  }

  @Override
  public Uni<List<String>> usingTargetGroup(String targetGroupArn) {
    String wanted =
        new io.vertx.core.json.JsonArray()
            .add(new io.vertx.core.json.JsonObject().put("targetGroupArn", targetGroupArn))
            .encode();
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(USING_TARGET_GROUP, String.class)
                    .setParameter(1, wanted)
                    .getResultList());
  }

  @Override
  public Uni<List<ServiceDescription.Event>> events(String serviceId, int limit) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(EVENTS, Object[].class)
                    .setParameter(1, serviceId)
                    .setParameter(2, limit)
                    .getResultList())
        .map(rows -> rows.stream().map(PostgresServices::event).toList());
  }

  private static ServiceDescription.Event event(Object[] row) {
    return new ServiceDescription.Event(
        (String) row[0], ((OffsetDateTime) row[1]).toInstant(), (String) row[2]);
  }

  private static Optional<Service> service(ServiceEntity row) {
    return Optional.ofNullable(row)
        .map(found -> new Service(found.desired, found.options, found.seen, found.deletedAt));
  }

  private static List<Service> services(List<ServiceEntity> rows) {
    return rows.stream().map(row -> service(row).orElseThrow()).toList();
  }

  private static void write(ServiceEntity row, Service service) {
    row.status = service.desired().status();
    row.version = service.desired().version();
    row.desired = service.desired();
    row.options = service.options();
    row.deletedAt = row.status == ServiceStatusName.INACTIVE ? service.deletedAt() : null;
  }
}
