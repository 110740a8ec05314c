package dev.berth.api.domain.problem;

import dev.berth.contracts.taskdef.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** ECS's rules for tags: at most 50, keys up to 128 characters, values up to 256. */
public final class Tags {
  private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private Tags() {}

  /** Notes what is wrong with {@code tags}, which may be null. */
  public static void check(String field, List<Tag> tags, Violations violations) {
    if (tags == null) {
      return;
    }
    violations.atMost(field, tags, 50);
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < tags.size(); i++) {
      Tag tag = tags.get(i);
      String at = field + "[" + i + "]";
      if (violations.present(at + ".key", tag.key())) {
        violations.require(
            tag.key().length() <= 128 && TEXT.matcher(tag.key()).matches(),
            at + ".key",
            "must be 1 to 128 letters, digits, spaces and any of _.:/=+-@");
        violations.require(
            !tag.key().toLowerCase(Locale.ROOT).startsWith("aws:"),
            at + ".key",
            "must not start with aws:");
        violations.require(keys.add(tag.key()), at + ".key", "stands there twice");
      }
      violations.require(
          tag.value() == null
              || (tag.value().length() <= 256 && TEXT.matcher(tag.value()).matches()),
          at + ".value",
          "must be up to 256 letters, digits, spaces and any of _.:/=+-@");
    }
  }
}
