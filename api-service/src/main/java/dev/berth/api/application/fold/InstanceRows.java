package dev.berth.api.application.fold;

import dev.berth.api.domain.fold.InstanceRow;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The container instances within a transaction. */
public interface InstanceRows {
  /** Which of these clusters exist and are ACTIVE. */
  Uni<Set<String>> activeClusters(Collection<String> clusters);

  /** Locks the instances of these ids that have a row. */
  Uni<Map<String, InstanceRow>> lock(Collection<String> ids);

  /** Writes instances, new ones included. */
  Uni<Void> save(Collection<InstanceRow> instances);

  /** Keeps what instances of unknown clusters said until their cluster is created. */
  Uni<Void> park(Collection<ContainerInstanceStatus> statuses);

  /** Takes out what was parked by instances whose cluster exists by now. */
  Uni<List<ContainerInstanceStatus>> unpark();

  /** Notes the newest signs of life. */
  Uni<Void> saveHeartbeats(Collection<SignOfLife> signs);
}
