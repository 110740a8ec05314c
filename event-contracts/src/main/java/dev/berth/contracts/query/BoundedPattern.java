package dev.berth.contracts.query;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A Java regular expression that gives up after a number of steps. ECS promises Java's own dialect,
 * with look-around and back-references, which linear-time engines don't have; so it is Java's
 * engine that runs here, on a text that counts how often it is looked at. Steps rather than time:
 * the same query on the same instance always answers the same.
 */
final class BoundedPattern {
  static final int MOST_STEPS = 100_000;
  private static final int LONGEST = 1000;
  private static final long MOST_REPETITIONS = 10_000;
  private static final Pattern COUNTED = Pattern.compile("\\{(\\d+)?(?:,(\\d+)?)?}");

  private final Pattern pattern;

  private BoundedPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  static BoundedPattern of(String text) throws UnreadableQueryException {
    if (text.length() > LONGEST) {
      throw new UnreadableQueryException(
          "a regular expression may have " + LONGEST + " characters at most");
    }
    checkRepetitions(text);
    try {
      return new BoundedPattern(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new UnreadableQueryException(
          "'" + text + "' is no regular expression: " + e.getDescription());
    }
  }

  // Repeating what is empty looks at no character, so no step is counted: bounded here instead.
  private static void checkRepetitions(String text) throws UnreadableQueryException {
    long product = 1;
    Matcher counted = COUNTED.matcher(text);
    while (counted.find()) {
      product *= Math.max(1, Math.max(number(counted.group(1)), number(counted.group(2))));
      if (product > MOST_REPETITIONS) {
        throw new UnreadableQueryException(
            "the repetitions of '" + text + "' multiply to more than " + MOST_REPETITIONS);
      }
    }
  }

  private static long number(String digits) {
    if (digits == null) {
      return 0;
    }
    return digits.length() > 6 ? MOST_REPETITIONS + 1 : Long.parseLong(digits);
  }

  boolean matches(String value) {
    return pattern
        .matcher(new CountedText(value, new AtomicInteger(), pattern.pattern()))
        .matches();
  }

  private record CountedText(CharSequence text, AtomicInteger steps, String pattern)
      implements CharSequence {
    @Override
    public char charAt(int index) {
      if (steps.incrementAndGet() > MOST_STEPS) {
        throw new QueryBudgetException(pattern);
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new CountedText(text.subSequence(start, end), steps, pattern);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
