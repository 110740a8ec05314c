package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.TargetGroups;
import dev.berth.api.domain.loadbalancer.TargetGroup;
import dev.berth.api.domain.loadbalancer.TargetHealth;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** Target groups and the health of targets in PostgreSQL. */
@ApplicationScoped
public class PostgresTargetGroups
    implements TargetGroups, PanacheRepositoryBase<TargetGroupEntity, String> {
  @Override
  public Uni<Optional<TargetGroup>> find(String name) {
    return findById(name).map(PostgresTargetGroups::group);
  }

  @Override
  public Uni<Optional<TargetGroup>> lock(String name) {
    return findById(name, LockModeType.PESSIMISTIC_WRITE).map(PostgresTargetGroups::group);
  }

  @Override
  public Uni<List<TargetGroup>> list(String after, int limit) {
    return find("name > ?1 order by name", after)
        .page(0, limit)
        .list()
        .map(rows -> rows.stream().map(row -> group(row).orElseThrow()).toList());
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
    return findById(group.desired().targetGroupName())
        .invoke(row -> row.desired = group.desired())
        .chain(row -> flush())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> remove(String name) {
    return deleteById(name).chain(this::flush);
  }

  @Override
  public Uni<List<TargetHealth>> health(String targetGroupArn) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createQuery(
                        "from TargetHealth where targetGroupArn = ?1 order by targetId, lbInstanceId",
                        TargetHealthEntity.class)
                    .setParameter(1, targetGroupArn)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new TargetHealth(
                                row.targetGroupArn,
                                row.targetId,
                                row.lbInstanceId,
                                row.taskId,
                                row.state,
                                row.reason,
                                row.description))
                    .toList());
  }

  private static Optional<TargetGroup> group(TargetGroupEntity row) {
    return Optional.ofNullable(row)
        .map(found -> new TargetGroup(found.desired, found.targetType, found.createdAt));
  }
}
