package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.domain.loadbalancer.Listener;
import dev.berth.api.domain.loadbalancer.LoadBalancer;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** Load balancers and listeners in PostgreSQL. */
@ApplicationScoped
public class PostgresLoadBalancers
    implements LoadBalancers, PanacheRepositoryBase<LoadBalancerEntity, String> {
  @Override
  public Uni<Optional<LoadBalancer>> find(String name) {
    return findById(name).map(PostgresLoadBalancers::loadBalancer);
  }

  @Override
  public Uni<Optional<LoadBalancer>> lock(String name) {
    return findById(name, LockModeType.PESSIMISTIC_WRITE).map(PostgresLoadBalancers::loadBalancer);
  }

  @Override
  public Uni<List<LoadBalancer>> list(String after, int limit) {
    return find("name > ?1 order by name", after)
        .page(0, limit)
        .list()
        .map(rows -> rows.stream().map(row -> loadBalancer(row).orElseThrow()).toList());
  }

  @Override
  public Uni<Void> add(LoadBalancer loadBalancer) {
    LoadBalancerEntity row = new LoadBalancerEntity();
    row.name = loadBalancer.name();
    row.arn = loadBalancer.arn();
    row.version = loadBalancer.version();
    row.installationId = loadBalancer.installationId();
    row.dnsName = loadBalancer.dnsName();
    row.createdAt = loadBalancer.createdAt();
    return persistAndFlush(row).replaceWithVoid();
  }

  @Override
  public Uni<Void> update(LoadBalancer loadBalancer) {
    return findById(loadBalancer.name())
        .invoke(row -> row.version = loadBalancer.version())
        .chain(row -> flush())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> remove(String name) {
    return deleteById(name).chain(this::flush);
  }

  @Override
  public Uni<List<Listener>> listeners(String loadBalancer) {
    return listeners("loadBalancer", loadBalancer);
  }

  @Override
  public Uni<List<Listener>> listenersOfTargetGroup(String targetGroup) {
    return listeners("targetGroup", targetGroup);
  }

  @Override
  public Uni<Optional<Listener>> listenerOnPort(int port) {
    return listeners("port", port).map(found -> found.stream().findFirst());
  }

  @Override
  public Uni<Void> addListener(Listener listener) {
    ListenerEntity row = new ListenerEntity();
    row.arn = listener.arn();
    row.loadBalancer = listener.loadBalancer();
    row.protocol = listener.protocol();
    row.port = listener.port();
    row.targetGroup = listener.targetGroup();
    row.createdAt = listener.createdAt();
    return Panache.getSession().chain(session -> session.persist(row).chain(session::flush));
  }

  @Override
  public Uni<Void> removeListener(String listenerArn) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createMutationQuery("delete from Listener where arn = ?1")
                    .setParameter(1, listenerArn)
                    .executeUpdate())
        .replaceWithVoid();
  }

  private static Uni<List<Listener>> listeners(String field, Object value) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createQuery(
                        "from Listener where " + field + " = ?1 order by port",
                        ListenerEntity.class)
                    .setParameter(1, value)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Listener(
                                row.arn,
                                row.loadBalancer,
                                row.protocol,
                                row.port,
                                row.targetGroup,
                                row.createdAt))
                    .toList());
  }

  private static Optional<LoadBalancer> loadBalancer(LoadBalancerEntity row) {
    return Optional.ofNullable(row)
        .map(
            found ->
                new LoadBalancer(
                    found.name,
                    found.arn,
                    found.version,
                    found.installationId,
                    found.dnsName,
                    found.createdAt));
  }
}
