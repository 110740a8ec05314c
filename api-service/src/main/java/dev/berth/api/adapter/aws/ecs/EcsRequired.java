package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.domain.problem.ProblemException;

/** Members without which an operation has nothing to work on. */
final class EcsRequired {
  private EcsRequired() {}

  /** The member, or an InvalidParameterException that it is missing. */
  static String member(String name, String value) {
    if (value == null || value.isBlank()) {
      throw ProblemException.invalid(name, "is required");
    }
    return value;
  }
}
