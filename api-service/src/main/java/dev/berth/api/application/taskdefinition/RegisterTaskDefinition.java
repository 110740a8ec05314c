package dev.berth.api.application.taskdefinition;

import dev.berth.api.application.port.TaskDefinitions;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.taskdefinition.RegisteredTaskDefinition;
import dev.berth.api.domain.taskdefinition.TaskDefinitionRequest;
import dev.berth.api.domain.taskdefinition.TaskDefinitionRevision;
import dev.berth.api.domain.taskdefinition.TaskDefinitionRules;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** RegisterTaskDefinition: a new revision of a family. */
@ApplicationScoped
public class RegisterTaskDefinition {
  private final Transactions transactions;
  private final TaskDefinitions definitions;
  private final Identity identity;
  private final InstantSource clock;

  public RegisterTaskDefinition(
      Transactions transactions,
      TaskDefinitions definitions,
      Identity identity,
      InstantSource clock) {
    this.transactions = transactions;
    this.definitions = definitions;
    this.identity = identity;
    this.clock = clock;
  }

  public Uni<RegisteredTaskDefinition> register(TaskDefinitionRequest request) {
    return register(request, null);
  }

  /**
   * Registers a revision.
   *
   * @param registeredBy the ARN of the principal, or null
   */
  public Uni<RegisteredTaskDefinition> register(
      TaskDefinitionRequest request, String registeredBy) {
    TaskDefinitionRules.check(request).throwAs("ClientException");
    return transactions.inTransaction(
        () ->
            definitions
                .nextRevision(request.family())
                .map(
                    revision ->
                        TaskDefinitionRevision.of(
                            request, revision, registeredBy, identity, clock.instant()))
                .call(definitions::add));
  }
}
