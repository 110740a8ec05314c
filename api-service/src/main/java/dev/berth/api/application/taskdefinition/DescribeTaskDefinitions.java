package dev.berth.api.application.taskdefinition;

import dev.berth.api.application.Page;
import dev.berth.api.application.port.TaskDefinitions;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.taskdefinition.RegisteredTaskDefinition;
import dev.berth.api.domain.taskdefinition.TaskDefinitionName;
import dev.berth.contracts.taskdef.TaskDefinitionStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** DescribeTaskDefinition, ListTaskDefinitions, ListTaskDefinitionFamilies. */
@ApplicationScoped
public class DescribeTaskDefinitions {
  private final Transactions transactions;
  private final TaskDefinitions definitions;
  private final UsableTaskDefinition usable;

  public DescribeTaskDefinitions(
      Transactions transactions, TaskDefinitions definitions, UsableTaskDefinition usable) {
    this.transactions = transactions;
    this.definitions = definitions;
    this.usable = usable;
  }

  public Uni<RegisteredTaskDefinition> describe(String text) {
    TaskDefinitionName name = TaskDefinitionName.parse("taskDefinition", text);
    return transactions.reading(() -> usable.named(name));
  }

  /**
   * Lists revisions.
   *
   * @param family a whole family name, or null for all (ECS calls it familyPrefix)
   * @param status ACTIVE unless given
   * @param sort ASC unless DESC
   */
  public Uni<Page<RegisteredTaskDefinition>> list(
      String family, String status, String sort, Page.Request request) {
    TaskDefinitionStatus wanted =
        status == null ? TaskDefinitionStatus.ACTIVE : status("status", status);
    if (sort != null && !Set.of("ASC", "DESC").contains(sort)) {
      throw ProblemException.invalid("sort", "must be ASC or DESC");
    }
    TaskDefinitionName after =
        request.after().isEmpty()
            ? new TaskDefinitionName("", 0)
            : TaskDefinitionName.parse("nextToken", request.after());
    return transactions.reading(
        () ->
            definitions
                .list(
                    family == null ? "" : family,
                    wanted,
                    "DESC".equals(sort),
                    after.family(),
                    after.revision() == null ? 0 : after.revision(),
                    request.probe())
                .map(
                    found ->
                        Page.of(
                            found,
                            request,
                            revision ->
                                revision.definition().family()
                                    + ":"
                                    + revision.definition().revision())));
  }

  /**
   * Lists families.
   *
   * @param status ACTIVE (those with an ACTIVE revision) unless INACTIVE or ALL
   */
  public Uni<Page<String>> families(String prefix, String status, Page.Request request) {
    TaskDefinitionStatus having =
        switch (status == null ? "ACTIVE" : status) {
          case "ACTIVE" -> TaskDefinitionStatus.ACTIVE;
          case "INACTIVE" -> TaskDefinitionStatus.INACTIVE;
          case "ALL" -> null;
          default -> throw ProblemException.invalid("status", "must be ACTIVE, INACTIVE or ALL");
        };
    return transactions.reading(
        () ->
            definitions
                .families(prefix == null ? "" : prefix, having, request.after(), request.probe())
                .map(found -> Page.of(found, request, family -> family)));
  }

  private static TaskDefinitionStatus status(String field, String text) {
    return switch (text) {
      case "ACTIVE" -> TaskDefinitionStatus.ACTIVE;
      case "INACTIVE" -> TaskDefinitionStatus.INACTIVE;
      case "DELETE_IN_PROGRESS" -> TaskDefinitionStatus.DELETE_IN_PROGRESS;
      default ->
          throw ProblemException.invalid(field, "must be ACTIVE, INACTIVE or DELETE_IN_PROGRESS");
    };
  }
}
