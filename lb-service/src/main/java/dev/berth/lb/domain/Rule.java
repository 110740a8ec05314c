package dev.berth.lb.domain;

import java.util.List;

/**
 * A listener's rule (ELBv2: Rule). The one with the lowest priority number that applies is the one
 * that counts.
 *
 * @param priority 1 to 50000; the default rule has {@link #DEFAULT}
 */
public record Rule(
    String arn, int priority, List<Condition> conditions, Action action, List<Rewrite> rewrites) {
  /** The priority of a listener's default rule: after all others. */
  public static final int DEFAULT = Integer.MAX_VALUE;

  /**
   * A change of the request before it is forwarded (ELBv2: RuleTransform).
   *
   * @param ofHost whether the Host header is rewritten; otherwise path and query are
   * @param replacement may name the expression's groups as {@code $1}
   */
  public record Rewrite(boolean ofHost, String regex, String replacement) {}

  public Rule {
    conditions = List.copyOf(conditions);
    rewrites = List.copyOf(rewrites);
  }

  public static Rule byDefault(String arn, Action action) {
    return new Rule(arn, DEFAULT, List.of(), action, List.of());
  }
}
