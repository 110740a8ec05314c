package dev.berth.lb.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * The HTTP codes that count as healthy (ELBv2: Matcher), a list of codes and ranges such as {@code
 * 200,301-399}. Codes are 200 to 499, as in ELBv2.
 */
public record StatusCodeMatcher(List<Range> ranges) {
  /** What holds when a target group names no matcher. */
  public static final StatusCodeMatcher DEFAULT = parse("200");

  private static final int LOWEST = 200;
  private static final int HIGHEST = 499;

  /** Codes from {@code first} to {@code last}, both included. */
  public record Range(int first, int last) {
    boolean contains(int code) {
      return first <= code && code <= last;
    }
  }

  public StatusCodeMatcher {
    ranges = List.copyOf(ranges);
  }

  /**
   * Reads a matcher.
   *
   * @throws IllegalArgumentException if the text is no such list, naming the part that isn't
   */
  public static StatusCodeMatcher parse(String text) {
    if (text == null || text.isBlank()) {
      return new StatusCodeMatcher(List.of(new Range(LOWEST, LOWEST)));
    }
    List<Range> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      ranges.add(range(part.strip()));
    }
    return new StatusCodeMatcher(ranges);
  }

  public boolean matches(int code) {
    for (Range range : ranges) {
      if (range.contains(code)) {
        return true;
      }
    }
    return false;
  }

  private static Range range(String part) {
    int dash = part.indexOf('-');
    int first = code(dash < 0 ? part : part.substring(0, dash), part);
    int last = dash < 0 ? first : code(part.substring(dash + 1), part);
    if (first > last) {
      throw new IllegalArgumentException("'" + part + "' is a range that ends before it starts");
    }
    return new Range(first, last);
  }

  private static int code(String digits, String part) {
    if (!digits.strip().matches("[0-9]{3}")) {
      throw new IllegalArgumentException("'" + part + "' is no HTTP code and no range of them");
    }
    int code = Integer.parseInt(digits.strip());
    if (code < LOWEST || code > HIGHEST) {
      throw new IllegalArgumentException("'" + part + "' is outside " + LOWEST + " to " + HIGHEST);
    }
    return code;
  }
}
