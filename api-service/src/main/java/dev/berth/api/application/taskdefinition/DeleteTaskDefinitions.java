package dev.berth.api.application.taskdefinition;

import dev.berth.api.application.port.TaskDefinitions;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.taskdefinition.RegisteredTaskDefinition;
import dev.berth.api.domain.taskdefinition.TaskDefinitionName;
import dev.berth.api.domain.taskdefinition.TaskDefinitionRevision;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;

/** DeleteTaskDefinitions: INACTIVE revisions go once nothing runs them any more. */
@ApplicationScoped
public class DeleteTaskDefinitions {
  private static final int MOST = 10;

  private final Transactions transactions;
  private final TaskDefinitions definitions;
  private final InstantSource clock;

  public DeleteTaskDefinitions(
      Transactions transactions, TaskDefinitions definitions, InstantSource clock) {
    this.transactions = transactions;
    this.definitions = definitions;
    this.clock = clock;
  }

  /**
   * What became of one of the names.
   *
   * @param revision the one that is being deleted, or null
   * @param failure why it isn't, or null
   */
  public record Deleted(String name, RegisteredTaskDefinition revision, String failure) {}

  /** Deletes up to ten revisions by family:revision or ARN. */
  public Uni<List<Deleted>> delete(List<String> names) {
    if (names.isEmpty() || names.size() > MOST) {
      throw ProblemException.refused(
          "InvalidParameterException", "TaskDefinitions must have 1 to 10 elements.");
    }
    return transactions.inTransaction(
        () ->
            Multi.createFrom()
                .iterable(names)
                .onItem()
                .transformToUniAndConcatenate(this::one)
                .collect()
                .asList());
  }

  private Uni<Deleted> one(String text) {
    TaskDefinitionName name = TaskDefinitionName.parse("taskDefinitions", text);
    if (name.revision() == null) {
      throw ProblemException.invalid(
          "taskDefinitions", "needs a revision: " + name.family() + ":<revision>");
    }
    return definitions
        .lock(name.family(), name.revision())
        .chain(
            found -> {
              if (found.isEmpty()) {
                return failed(
                    text,
                    "The specified task definition does not exist. Specify a valid account,"
                        + " family, revision and try again.");
              }
              RegisteredTaskDefinition revision = found.get();
              return switch (revision.definition().status()) {
                case ACTIVE ->
                    failed(
                        text,
                        "The specified task definition is still in ACTIVE status. Please"
                            + " deregister the target and try again.");
                case DELETE_IN_PROGRESS -> Uni.createFrom().item(new Deleted(text, revision, null));
                case INACTIVE -> {
                  RegisteredTaskDefinition deleting =
                      TaskDefinitionRevision.deleting(revision, clock.instant());
                  yield definitions.update(deleting).replaceWith(new Deleted(text, deleting, null));
                }
              };
            });
  }

  private static Uni<Deleted> failed(String name, String reason) {
    return Uni.createFrom().item(new Deleted(name, null, reason));
  }
}
