package dev.berth.api.domain.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects everything that is wrong with a request, so that one answer names all of it. */
public final class Violations {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,255}");
  private static final int MANY = 100;

  private final List<FieldError> errors = new ArrayList<>();

  /** Notes a wrong member; after a hundred the rest is dropped. */
  public void add(String field, String message) {
    if (errors.size() < MANY) {
      errors.add(new FieldError(field, message));
    }
  }

  /** Notes a wrong member unless {@code right}. */
  public void require(boolean right, String field, String message) {
    if (!right) {
      add(field, message);
    }
  }

  /** A member that has to be there and not blank; tells whether it is. */
  public boolean present(String field, String value) {
    boolean there = value != null && !value.isBlank();
    require(there, field, "is required");
    return there;
  }

  /** A member that has to be there; tells whether it is. */
  public boolean present(String field, Object value) {
    require(value != null, field, "is required");
    return value != null;
  }

  /** A name of up to 255 letters, digits, hyphens and underscores, which has to be there. */
  public void name(String field, String value) {
    if (present(field, value)) {
      require(
          NAME.matcher(value).matches(),
          field,
          "must be 1 to 255 letters, digits, hyphens and underscores, not \""
              + shortened(value)
              + "\"");
    }
  }

  /** A number that, if there, lies within bounds. */
  public void range(String field, Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      add(field, "must be " + least + " to " + most + ", not " + value);
    }
  }

  /** A number that, if there, isn't less than a bound. */
  public void atLeast(String field, Integer value, int least) {
    if (value != null && value < least) {
      add(field, "must be at least " + least + ", not " + value);
    }
  }

  /** A text that, if there, is one of some values. */
  public void oneOf(String field, String value, Set<String> allowed) {
    if (value != null && !allowed.contains(value)) {
      add(
          field,
          "must be one of "
              + String.join(", ", allowed.stream().sorted().toList())
              + ", not \""
              + shortened(value)
              + "\"");
    }
  }

  /** A list that has at most so many members. */
  public void atMost(String field, List<?> list, int most) {
    if (list != null && list.size() > most) {
      add(field, "must have at most " + most + " members, not " + list.size());
    }
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  public List<FieldError> errors() {
    return List.copyOf(errors);
  }

  /** Ends the request if anything is wrong with it. */
  public void throwIfAny() {
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  /** Ends the request, with the code that ECS has for it, if anything is wrong with it. */
  public void throwAs(String code) {
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(code, errors);
    }
  }

  /** A text as it may stand in a message. */
  public static String shortened(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "…";
  }
}
