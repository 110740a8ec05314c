package dev.berth.api.adapter.persistence.fold;

import dev.berth.api.application.fold.LoadBalancerRows;
import dev.berth.contracts.loadbalancer.LoadBalancerStatus;
import io.smallrye.mutiny.Uni;
import java.util.Collection;

/** The table {@code load_balancer_status}. */
final class PostgresLoadBalancerRows implements LoadBalancerRows {
  private static final String SAVE =
      """
      insert into load_balancer_status as t (load_balancer_arn, lb_instance_id, version, status)
      select r.load_balancer_arn, r.lb_instance_id, r.version, r.status
      from jsonb_to_recordset($1::text::jsonb) as r(load_balancer_arn text, lb_instance_id text,
        version bigint, status jsonb)
      where exists (select 1 from load_balancers b where b.arn = r.load_balancer_arn)
      order by 1, 2
      on conflict (load_balancer_arn, lb_instance_id) do update set
        version = excluded.version, status = excluded.status
      where t.version < excluded.version
      """;

  private static final String REMOVE =
      "delete from load_balancer_status where load_balancer_arn || '|' || lb_instance_id = any($1)";

  private final Sql sql;

  PostgresLoadBalancerRows(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Uni<Void> save(Collection<LoadBalancerStatus> statuses) {
    if (statuses.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return sql.withRows(
            SAVE,
            statuses,
            s ->
                Sql.columns(
                    "load_balancer_arn", s.loadBalancerArn(),
                    "lb_instance_id", s.lbInstanceId(),
                    "version", s.version(),
                    "status", s))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> remove(Collection<String> keys) {
    return keys.isEmpty() ? Uni.createFrom().voidItem() : sql.byIds(REMOVE, keys).replaceWithVoid();
  }
}
