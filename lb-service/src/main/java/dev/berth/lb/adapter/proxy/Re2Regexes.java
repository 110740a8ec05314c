package dev.berth.lb.adapter.proxy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.berth.lb.domain.RegexEngine;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Expressions by RE2, whose time is linear in the text: java.util.regex has no such bound. */
public final class Re2Regexes implements RegexEngine {
  @Override
  public Predicate<String> finder(String regex, boolean anyCase) {
    Pattern pattern = compile(regex, anyCase ? Pattern.CASE_INSENSITIVE : 0);
    return text -> pattern.matcher(text).find();
  }

  @Override
  public UnaryOperator<String> rewriter(String regex, String replacement) {
    Pattern pattern = compile(regex, 0);
    return text -> pattern.matcher(text).replaceFirst(replacement);
  }

  private static Pattern compile(String regex, int flags) {
    try {
      return Pattern.compile(regex, flags);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + regex + "' is no expression: " + e.getDescription(), e);
    }
  }
}
