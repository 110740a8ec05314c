package dev.berth.api.application.port;

import dev.berth.api.domain.taskdefinition.RegisteredTaskDefinition;
import dev.berth.contracts.taskdef.TaskDefinitionStatus;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** The revisions of all families. */
public interface TaskDefinitions {
  /** A family's next revision number, starting at 1; a number is never given twice. */
  Uni<Integer> nextRevision(String family);

  Uni<Void> add(RegisteredTaskDefinition revision);

  Uni<Void> update(RegisteredTaskDefinition revision);

  Uni<Optional<RegisteredTaskDefinition>> find(String family, int revision);

  /** Finds a revision and keeps it from changing until the transaction ends. */
  Uni<Optional<RegisteredTaskDefinition>> lock(String family, int revision);

  /** The newest ACTIVE revision of a family. */
  Uni<Optional<RegisteredTaskDefinition>> newestActive(String family);

  /** One page of revisions ordered by family, then revision. */
  Uni<List<RegisteredTaskDefinition>> list(
      String familyPrefix,
      TaskDefinitionStatus status,
      boolean descending,
      String afterFamily,
      int afterRevision,
      int limit);

  /** Family names in order; with {@code activeOnly} those that have an ACTIVE revision. */
  Uni<List<String>> families(String prefix, TaskDefinitionStatus having, String after, int limit);
}
