package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.domain.problem.ProblemException;
import java.util.List;

/** Members that the API reference marks as required, where no use case asks for them. */
final class Required {
  private Required() {}

  /** The text, which is there and not blank. */
  static String member(String name, String value) {
    present(name, value != null && !value.isBlank());
    return value;
  }

  /** Refuses an empty list. */
  static void list(String name, List<?> value) {
    present(name, !value.isEmpty());
  }

  /** Refuses what isn't there. */
  static void present(String name, boolean there) {
    if (!there) {
      throw ProblemException.invalid(name, "is required");
    }
  }
}
