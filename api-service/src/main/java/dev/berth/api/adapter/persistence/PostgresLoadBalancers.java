package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.domain.loadbalancer.LoadBalancerEdits;
import dev.berth.contracts.Arns;
import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerStatus;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Load balancers in PostgreSQL: a document each, and what finds them by port, group, certificate.
 */
@ApplicationScoped
public class PostgresLoadBalancers extends NamedDocuments<LoadBalancerEntity, LoadBalancerDesired>
    implements LoadBalancers {
  /** Any number that nothing else in this database locks. */
  private static final long PORTS = 8_000_180L;

  public PostgresLoadBalancers() {
    super("name");
  }

  @Override
  LoadBalancerDesired document(LoadBalancerEntity row) {
    return row.desired;
  }

  @Override
  public Uni<Void> add(LoadBalancerDesired balancer) {
    LoadBalancerEntity row = new LoadBalancerEntity();
    row.name = balancer.loadBalancerName();
    row.arn = balancer.loadBalancerArn();
    row.version = balancer.version();
    row.installationId = balancer.installationId();
    row.dnsName = balancer.dnsName();
    row.desired = balancer;
    row.createdAt = balancer.createdAt();
    return persistAndFlush(row).chain(() -> index(balancer));
  }

  @Override
  public Uni<Void> update(LoadBalancerDesired balancer) {
    return changed(
            balancer.loadBalancerName(),
            row -> {
              row.version = balancer.version();
              row.desired = balancer;
            })
        .chain(() -> index(balancer));
  }

  private static Uni<Void> index(LoadBalancerDesired balancer) {
    String name = balancer.loadBalancerName();
    List<ListenerDesired> listeners = balancer.listeners();
    return execute("delete from listeners where load_balancer = ?1", name)
        .chain(() -> execute("delete from target_group_uses where load_balancer = ?1", name))
        .chain(() -> execute("delete from certificate_uses where load_balancer = ?1", name))
        .chain(
            () ->
                execute(
                    "insert into listeners (arn, load_balancer, protocol, port) select arn, ?1,"
                        + " protocol, port from jsonb_to_recordset(cast(cast(?2 as text) as jsonb)) as"
                        + " l(arn text, protocol text, port integer)",
                    name,
                    listeners.stream()
                        .map(
                            one ->
                                "{\"arn\":\"%s\",\"protocol\":\"%s\",\"port\":%d}"
                                    .formatted(one.listenerArn(), one.protocol(), one.port()))
                        .collect(Collectors.joining(",", "[", "]"))))
        .chain(
            () ->
                uses(
                    "target_group_uses",
                    name,
                    LoadBalancerEdits.targetGroups(balancer).stream()
                        .map(Arns::targetGroupName)
                        .distinct()
                        .toList()))
        .chain(
            () ->
                uses(
                    "certificate_uses",
                    name,
                    List.copyOf(LoadBalancerEdits.certificates(balancer))));
  }

  private static Uni<Void> uses(String table, String name, List<String> used) {
    return used.isEmpty()
        ? Uni.createFrom().voidItem()
        : execute(
            "insert into " + table + " select ?1, unnest(string_to_array(cast(?2 as text), ' '))",
            name,
            String.join(" ", used));
  }

  @Override
  public Uni<List<String>> forwardingTo(String targetGroup) {
    return names("target_group_uses where target_group = ?1", targetGroup);
  }

  @Override
  public Uni<List<String>> showing(String certificateArn) {
    return names("certificate_uses where certificate = ?1", certificateArn);
  }

  private static Uni<List<String>> names(String from, String value) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select load_balancer from " + from + " order by 1", String.class)
                    .setParameter(1, value)
                    .getResultList());
  }

  @Override
  public Uni<List<ListenerOnPort>> listenersOnPort(int port) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(pg_advisory_xact_lock(?1) as text)", String.class)
                    .setParameter(1, PORTS)
                    .getResultList()
                    .chain(
                        () ->
                            session
                                .createNativeQuery(
                                    "select load_balancer, arn, protocol from listeners"
                                        + " where port = ?1 order by arn",
                                    Object[].class)
                                .setParameter(1, port)
                                .getResultList()))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new ListenerOnPort((String) row[0], (String) row[1], (String) row[2]))
                    .toList());
  }

  @Override
  public Uni<Map<String, List<LoadBalancerStatus>>> statuses(Collection<String> arns) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createQuery(
                        "from LoadBalancerStatus s where s.loadBalancerArn in ?1"
                            + " order by s.loadBalancerArn, s.lbInstanceId",
                        LoadBalancerStatusEntity.class)
                    .setParameter(1, arns)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(row -> row.status)
                    .collect(Collectors.groupingBy(LoadBalancerStatus::loadBalancerArn)));
  }

  private static Uni<Void> execute(String sql, Object... parameters) {
    return Panache.getSession()
        .chain(
            session -> {
              var query = session.createNativeQuery(sql);
              for (int i = 0; i < parameters.length; i++) {
                query.setParameter(i + 1, parameters[i]);
              }
              return query.executeUpdate();
            })
        .replaceWithVoid();
  }
}
