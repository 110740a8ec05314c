package dev.berth.api.application.port;

import dev.berth.contracts.taskdef.Tag;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** The tags of tasks and container instances, which only the API knows. Within a transaction. */
public interface InstanceAndTaskTags {
  /** A task's tags, or empty if the cluster has no such task; its row is locked. */
  Uni<Optional<List<Tag>>> ofTask(String cluster, String id);

  Uni<Void> tagTask(String id, List<Tag> tags);

  /** An instance's tags, or empty if the cluster has no such instance; its row is locked. */
  Uni<Optional<List<Tag>>> ofInstance(String cluster, String id);

  Uni<Void> tagInstance(String id, List<Tag> tags);
}
