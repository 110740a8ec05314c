package dev.berth.api.domain.loadbalancer;

import dev.berth.api.domain.problem.Violations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The attributes that a kind of resource has, with their defaults and what they take (ELBv2:
 * LoadBalancerAttribute, TargetGroupAttribute, ListenerAttribute). Attributes are texts, as in
 * ELBv2, also where they hold a number.
 */
public final class AttributeTable {
  private final Map<String, Attribute> attributes = new LinkedHashMap<>();

  private record Attribute(String standard, Predicate<String> allowed, String rule) {}

  /** An attribute that is true or false. */
  AttributeTable flag(String key, boolean standard) {
    return oneOf(key, String.valueOf(standard), "true", "false");
  }

  /** An attribute with a whole number. */
  AttributeTable number(String key, int standard, int least, int most) {
    return put(
        key,
        String.valueOf(standard),
        value -> isNumber(value, least, most),
        "must be a number from " + least + " to " + most);
  }

  /** An attribute with a whole number or {@code off}. */
  AttributeTable numberOrOff(String key, String standard, int least, int most) {
    return put(
        key,
        standard,
        value -> value.equals("off") || isNumber(value, least, most),
        "must be off or a number from " + least + " to " + most);
  }

  /** An attribute with a whole number, or 0, the default, for off. */
  AttributeTable numberOrZero(String key, int least, int most) {
    return put(
        key,
        "0",
        value -> value.equals("0") || isNumber(value, least, most),
        "must be 0 or a number from " + least + " to " + most);
  }

  /** An attribute with one of some words. */
  AttributeTable oneOf(String key, String standard, String... words) {
    return put(
        key,
        standard,
        value -> List.of(words).contains(value),
        "must be one of " + String.join(", ", words));
  }

  /** An attribute with any text of printable characters, up to 1024. */
  AttributeTable text(String key) {
    return put(
        key,
        "",
        value -> value.length() <= 1024 && value.chars().allMatch(c -> c >= ' ' && c != 127),
        "must be up to 1024 printable characters");
  }

  private AttributeTable put(String key, String standard, Predicate<String> allowed, String rule) {
    attributes.put(key, new Attribute(standard, allowed, rule));
    return this;
  }

  /** Every attribute with its default. */
  public Map<String, String> defaults() {
    Map<String, String> all = new TreeMap<>();
    attributes.forEach((key, attribute) -> all.put(key, attribute.standard()));
    return all;
  }

  /** What is set, over the defaults; what the table doesn't know is left out. */
  public Map<String, String> effective(Map<String, String> set) {
    Map<String, String> all = defaults();
    set.forEach((key, value) -> all.replace(key, value));
    return all;
  }

  /**
   * The attributes changed, noting what the table doesn't have or take.
   *
   * @param changes a null value sets the default again
   */
  public Map<String, String> changed(
      Map<String, String> present, Map<String, String> changes, Violations violations) {
    Map<String, String> all = effective(present);
    changes.forEach(
        (key, value) -> {
          Attribute attribute = attributes.get(key);
          if (attribute == null) {
            violations.add(
                "attributes",
                "has no attribute '" + Violations.shortened(key) + "' for this kind of resource");
          } else if (value == null) {
            all.put(key, attribute.standard());
          } else {
            violations.require(
                attribute.allowed().test(value), "attributes." + key, attribute.rule());
            all.put(key, value);
          }
        });
    return all;
  }

  private static boolean isNumber(String value, int least, int most) {
    if (!value.matches("\\d{1,9}")) {
      return false;
    }
    int number = Integer.parseInt(value);
    return number >= least && number <= most;
  }
}
