package dev.berth.api.application.port;

import dev.berth.api.domain.instance.ContainerInstanceDescription;
import dev.berth.api.domain.task.Task;
import dev.berth.contracts.taskdef.Tag;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tasks, the live ones and those stopped a short while ago. */
public interface Tasks {
  Uni<Optional<Task>> find(String id);

  Uni<Optional<Task>> lock(String id);

  /** The tasks of these ids that exist, in no order. */
  Uni<List<Task>> find(Collection<String> ids);

  Uni<List<Task>> list(TaskFilter filter, String after, int limit);

  Uni<Void> add(Collection<Task> tasks);

  /** Writes the wish; what was decided and seen is the folds' business. */
  Uni<Void> update(Task task);

  /** Gives a task other tags. */
  Uni<Void> retag(String id, List<Tag> tags);

  /** What the live tasks of instances take; instances without any are missing. */
  Uni<Map<String, ContainerInstanceDescription.Taken>> takenOf(
      Collection<String> containerInstanceIds);

  /** The groups of the live tasks of instances; instances without any are missing. */
  Uni<Map<String, List<String>>> groupsOf(Collection<String> containerInstanceIds);

  /** Which tasks to list; absent members don't restrict. */
  record TaskFilter(
      String cluster,
      String serviceName,
      String family,
      String desiredStatus,
      String lastStatus,
      String startedBy,
      String containerInstanceId,
      String launchType) {}
}
