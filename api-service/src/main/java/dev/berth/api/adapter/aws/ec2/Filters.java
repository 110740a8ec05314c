package dev.berth.api.adapter.aws.ec2;

import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.taskdef.Tag;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * EC2's filters: each must hold for one of its values, in which {@code *} and {@code ?} stand for
 * others.
 */
final class Filters {
  private Filters() {}

  /**
   * Whether a resource passes.
   *
   * @param facts what can be asked of it, by the filters' names
   * @throws ProblemException if a filter asks for something else
   */
  static boolean pass(List<Filter> filters, Map<String, String> facts, List<Tag> tags) {
    for (Filter filter : filters) {
      String name = filter.name();
      boolean passes;
      if (name != null && name.startsWith("tag:")) {
        String key = name.substring("tag:".length());
        passes = tags.stream().anyMatch(tag -> tag.key().equals(key) && fits(filter, tag.value()));
      } else if ("tag-key".equals(name)) {
        passes = tags.stream().anyMatch(tag -> fits(filter, tag.key()));
      } else if (facts.containsKey(name)) {
        passes = fits(filter, facts.get(name));
      } else {
        throw ProblemException.refused(
            "InvalidParameterValue", "The filter '" + name + "' is invalid");
      }
      if (!passes) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(Filter filter, String fact) {
    return filter.values().stream()
        .anyMatch(
            value -> {
              String regex = Pattern.quote(value).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
              return Pattern.matches(regex, fact == null ? "" : fact);
            });
  }
}
