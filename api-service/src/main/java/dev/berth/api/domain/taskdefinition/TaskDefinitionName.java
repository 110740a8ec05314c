package dev.berth.api.domain.taskdefinition;

import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;

/**
 * How people name a task definition: {@code family} (its newest ACTIVE revision), {@code
 * family:revision}, or the ARN.
 *
 * @param revision absent for the newest ACTIVE one
 */
public record TaskDefinitionName(String family, Integer revision) {
  /**
   * Reads a name.
   *
   * @throws ProblemException if it isn't one
   */
  public static TaskDefinitionName parse(String field, String text) {
    if (text == null || text.isBlank()) {
      throw ProblemException.invalid(field, "is required");
    }
    if (text.startsWith("arn:") && !text.contains(":task-definition/")) {
      throw ProblemException.invalid(field, "is not the ARN of a task definition");
    }
    String name = Arns.shortName(text);
    int colon = name.lastIndexOf(':');
    if (colon < 0) {
      return new TaskDefinitionName(name, null);
    }
    String number = name.substring(colon + 1);
    if (!number.matches("[1-9]\\d{0,8}")) {
      throw ProblemException.invalid(
          field, "must be family, family:revision or an ARN; a revision is a number from 1");
    }
    return new TaskDefinitionName(name.substring(0, colon), Integer.valueOf(number));
  }

  @Override
  public String toString() {
    return revision == null ? family : family + ":" + revision;
  }
}
