package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The {@code include} member of ECS's describing operations. */
final class Includes {
  private Includes() {}

  /**
   * What to include.
   *
   * @param values as the SDK knows them; one that it doesn't know is UNKNOWN_TO_SDK_VERSION
   * @param texts as they were sent
   * @throws ProblemException if one isn't known
   */
  static <E extends Enum<E>> Set<E> of(List<E> values, List<String> texts, Class<E> type) {
    List<String> known = new ArrayList<>();
    EnumSet.allOf(type).stream()
        .filter(one -> !"UNKNOWN_TO_SDK_VERSION".equals(one.name()))
        .forEach(one -> known.add(one.toString()));
    for (String text : texts) {
      if (!known.contains(text)) {
        throw ProblemException.refused(
            "InvalidParameterException",
            "The value " + Violations.shortened(text) + " of include is not one of " + known + ".");
      }
    }
    return values.isEmpty() ? EnumSet.noneOf(type) : EnumSet.copyOf(values);
  }
}
