package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.Machines;
import dev.berth.api.domain.instance.Machine;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Container instances in PostgreSQL, of all clusters. */
@ApplicationScoped
public class PostgresMachines implements Machines {
  @Override
  public Uni<List<Machine>> all() {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createQuery(
                        "from ContainerInstance where deregisteredAt is null and seenVersion > 0"
                            + " order by id",
                        ContainerInstanceEntity.class)
                    .getResultList())
        .map(rows -> rows.stream().map(PostgresMachines::machine).toList());
  }

  private static Machine machine(ContainerInstanceEntity row) {
    ContainerInstanceStatus seen = row.seen;
    return new Machine(
        row.id,
        row.cluster,
        instanceId(seen),
        seen.name(),
        seen.hostAddress(),
        seen.availabilityZone(),
        Boolean.TRUE.equals(row.dockerConnected),
        row.registeredAt);
  }

  static String instanceId(ContainerInstanceStatus seen) {
    return seen.ec2InstanceId() == null ? seen.name() : seen.ec2InstanceId();
  }
}
