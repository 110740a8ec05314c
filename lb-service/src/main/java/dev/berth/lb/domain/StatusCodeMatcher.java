package dev.berth.lb.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * The codes that count as healthy (ELBv2: Matcher), a list of codes and ranges such as {@code
 * 200,301-399}. HTTP codes are 200 to 599, those of gRPC 0 to 99, as in ELBv2.
 */
public record StatusCodeMatcher(List<Range> ranges) {
  /** What holds when a target group names no matcher. */
  public static final StatusCodeMatcher DEFAULT = parse("200");

  /** What holds for gRPC when a target group names no matcher: UNIMPLEMENTED. */
  public static final StatusCodeMatcher GRPC_DEFAULT = parseGrpc("12");

  private static final int LOWEST = 200;
  private static final int HIGHEST = 599;

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
    return text == null || text.isBlank()
        ? new StatusCodeMatcher(List.of(new Range(LOWEST, LOWEST)))
        : parse(text, LOWEST, HIGHEST);
  }

  /**
   * Reads a matcher of gRPC status codes.
   *
   * @throws IllegalArgumentException if the text is no such list, naming the part that isn't
   */
  public static StatusCodeMatcher parseGrpc(String text) {
    return text == null || text.isBlank()
        ? new StatusCodeMatcher(List.of(new Range(12, 12)))
        : parse(text, 0, 99);
  }

  private static StatusCodeMatcher parse(String text, int lowest, int highest) {
    List<Range> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      ranges.add(range(part.strip(), lowest, highest));
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

  private static Range range(String part, int lowest, int highest) {
    int dash = part.indexOf('-');
    int first = code(dash < 0 ? part : part.substring(0, dash), part, lowest, highest);
    int last = dash < 0 ? first : code(part.substring(dash + 1), part, lowest, highest);
    if (first > last) {
      throw new IllegalArgumentException("'" + part + "' is a range that ends before it starts");
    }
    return new Range(first, last);
  }

  private static int code(String digits, String part, int lowest, int highest) {
    if (!digits.strip().matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("'" + part + "' is no code and no range of them");
    }
    int code = Integer.parseInt(digits.strip());
    if (code < lowest || code > highest) {
      throw new IllegalArgumentException("'" + part + "' is outside " + lowest + " to " + highest);
    }
    return code;
  }
}
