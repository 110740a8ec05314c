package dev.berth.api.application.fold;

import dev.berth.api.domain.fold.TaskRow;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;

/** The tasks within a transaction. */
public interface TaskRows {
  /**
   * Locks tasks. A task that has no row yet is locked as well, and is missing in the answer.
   *
   * @param clusterById the tasks' ids with their clusters
   */
  Uni<Map<String, TaskRow>> lock(Map<String, String> clusterById);

  /** Writes what was decided, and what follows from it. */
  Uni<Void> saveVerdicts(Collection<TaskRow> tasks);

  /**
   * Deletes those of the tasks that are {@linkplain dev.berth.api.domain.fold.TaskFold#isHearsay
   * hearsay}; the others stay.
   */
  Uni<Void> forget(Collection<String> ids);

  /** Writes what was seen, and what follows from it. */
  Uni<Void> saveStatuses(Collection<TaskRow> tasks);

  /** Writes the stops that were asked for. */
  Uni<Void> saveStops(Collection<TaskRow> tasks);
}
