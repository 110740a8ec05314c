package dev.berth.api.application.taskdefinition;

import dev.berth.api.application.port.TaskDefinitions;
import dev.berth.api.domain.problem.FieldError;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.api.domain.taskdefinition.RegisteredTaskDefinition;
import dev.berth.api.domain.taskdefinition.TaskDefinitionName;
import dev.berth.contracts.taskdef.TaskDefinitionStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Finds the revision that a request names by family, family:revision or ARN. */
@ApplicationScoped
public class UsableTaskDefinition {
  private final TaskDefinitions definitions;

  public UsableTaskDefinition(TaskDefinitions definitions) {
    this.definitions = definitions;
  }

  /** The revision, ACTIVE or not, or a ClientException that there is none. */
  public Uni<RegisteredTaskDefinition> named(TaskDefinitionName name) {
    return (name.revision() == null
            ? definitions.newestActive(name.family())
            : definitions.find(name.family(), name.revision()))
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        ProblemException.notFound(
                            "ClientException",
                            name.revision() == null
                                ? "Unable to describe task definition: there is no active task definition of"
                                    + " family "
                                    + Violations.shortened(name.family())
                                    + "."
                                : "Unable to describe task definition: there is no task definition "
                                    + Violations.shortened(name.toString())
                                    + ".")));
  }

  private static ProblemException refused(String field, String sentence) {
    return ProblemException.invalid("ClientException", List.of(new FieldError(field, sentence)));
  }

  /** The revision that a new task or service is to run; it is ACTIVE, or the request is wrong. */
  public Uni<RegisteredTaskDefinition> active(String field, String text) {
    TaskDefinitionName name = TaskDefinitionName.parse(field, text);
    return (name.revision() == null
            ? definitions.newestActive(name.family())
            : definitions.find(name.family(), name.revision()))
        .map(
            found -> {
              RegisteredTaskDefinition revision =
                  found.orElseThrow(
                      () ->
                          refused(
                              field,
                              "TaskDefinition not found: "
                                  + Violations.shortened(name.toString())));
              if (revision.definition().status() != TaskDefinitionStatus.ACTIVE) {
                throw refused(
                    field, "TaskDefinition is inactive: " + Violations.shortened(name.toString()));
              }
              return revision;
            });
  }
}
