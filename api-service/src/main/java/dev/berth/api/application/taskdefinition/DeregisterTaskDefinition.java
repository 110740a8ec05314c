package dev.berth.api.application.taskdefinition;

import dev.berth.api.application.port.TaskDefinitions;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.taskdefinition.RegisteredTaskDefinition;
import dev.berth.api.domain.taskdefinition.TaskDefinitionName;
import dev.berth.api.domain.taskdefinition.TaskDefinitionRevision;
import dev.berth.contracts.taskdef.TaskDefinitionStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** DeregisterTaskDefinition: what runs goes on, nothing new starts from the revision. */
@ApplicationScoped
public class DeregisterTaskDefinition {
  private final Transactions transactions;
  private final TaskDefinitions definitions;
  private final UsableTaskDefinition usable;
  private final InstantSource clock;

  public DeregisterTaskDefinition(
      Transactions transactions,
      TaskDefinitions definitions,
      UsableTaskDefinition usable,
      InstantSource clock) {
    this.transactions = transactions;
    this.definitions = definitions;
    this.usable = usable;
    this.clock = clock;
  }

  public Uni<RegisteredTaskDefinition> deregister(String text) {
    TaskDefinitionName name = TaskDefinitionName.parse("taskDefinition", text);
    if (name.revision() == null) {
      throw ProblemException.invalid(
          "taskDefinition", "needs a revision: " + name.family() + ":<revision>");
    }
    return transactions.inTransaction(
        () ->
            usable
                .named(name)
                .chain(
                    revision -> {
                      if (revision.definition().status() != TaskDefinitionStatus.ACTIVE) {
                        return Uni.createFrom().item(revision);
                      }
                      RegisteredTaskDefinition ended =
                          TaskDefinitionRevision.deregistered(revision, clock.instant());
                      return definitions.update(ended).replaceWith(ended);
                    }));
  }
}
