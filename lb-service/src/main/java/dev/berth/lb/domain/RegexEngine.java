package dev.berth.lb.domain;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Regular expressions from users: one that takes time linear in the text, whatever they ask. */
public interface RegexEngine {
  /**
   * Whether a text has a part that matches.
   *
   * @throws IllegalArgumentException if the expression is none
   */
  Predicate<String> finder(String regex, boolean anyCase);

  /**
   * Replaces the first part that matches.
   *
   * @throws IllegalArgumentException if the expression or the replacement is none
   */
  UnaryOperator<String> rewriter(String regex, String replacement);
}
