package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.TargetGroups;
import dev.berth.api.domain.loadbalancer.TargetGroup;
import dev.berth.api.domain.loadbalancer.TargetHealth;
import dev.berth.contracts.loadbalancer.TargetStatus;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Target groups and the health of targets in PostgreSQL. */
@ApplicationScoped
public class PostgresTargetGroups extends NamedDocuments<TargetGroupEntity, TargetGroup>
    implements TargetGroups {
  public PostgresTargetGroups() {
    super("name");
  }

  @Override
  TargetGroup document(TargetGroupEntity row) {
    return new TargetGroup(row.desired, row.targetType, row.createdAt);
  }

  @Override
  public Uni<Void> add(TargetGroup group) {
    TargetGroupEntity row = new TargetGroupEntity();
    row.name = group.desired().targetGroupName();
    row.arn = group.desired().targetGroupArn();
    row.targetType = group.targetType();
    row.desired = group.desired();
    row.createdAt = group.createdAt();
    return persistAndFlush(row).replaceWithVoid();
  }

  @Override
  public Uni<Void> update(TargetGroup group) {
    return changed(group.desired().targetGroupName(), row -> row.desired = group.desired());
  }

  @Override
  public Uni<List<TargetHealth>> health(String targetGroupArn) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createQuery(
                        "select h, i, (select max(n.version) from TargetHealth n)"
                            + " from TargetHealth h left join Task t on t.id = h.taskId"
                            + " left join ContainerInstance i on i.id = t.containerInstanceId"
                            + " where h.targetGroupArn = ?1 order by h.targetId, h.lbInstanceId",
                        Object[].class)
                    .setParameter(1, targetGroupArn)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            health(
                                (TargetHealthEntity) row[0],
                                (ContainerInstanceEntity) row[1],
                                (Long) row[2]))
                    .toList());
  }

  private static TargetHealth health(
      TargetHealthEntity row, ContainerInstanceEntity instance, long newest) {
    return new TargetHealth(
        row.targetGroupArn,
        row.targetId,
        row.lbInstanceId,
        TargetStatus.isOutdated(row.version, newest),
        row.taskId,
        row.state,
        row.reason,
        row.description,
        row.host,
        row.port,
        row.availabilityZone,
        instance == null || instance.seen == null
            ? null
            : PostgresMachines.instanceId(instance.seen));
  }
}
