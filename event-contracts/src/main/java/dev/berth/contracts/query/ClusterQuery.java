package dev.berth.contracts.query;

/**
 * An expression of the cluster query language, such as {@code attribute:ecs.instance-type =~ g2.*
 * and not(task:group == service:db)} (ECS: Create expressions to define container instances).
 */
public final class ClusterQuery {
  private static final int LONGEST = 2000;

  private final String text;
  private final Condition condition;

  private ClusterQuery(String text, Condition condition) {
    this.text = text;
    this.condition = condition;
  }

  /**
   * Reads an expression of at most 2,000 characters.
   *
   * @throws UnreadableQueryException with a sentence that says where it stops making sense
   */
  public static ClusterQuery parse(String text) throws UnreadableQueryException {
    if (text == null || text.isBlank()) {
      throw new UnreadableQueryException("the expression is empty");
    }
    if (text.length() > LONGEST) {
      throw new UnreadableQueryException(
          "an expression may have " + LONGEST + " characters at most");
    }
    return new ClusterQuery(text, new QueryParser(Tokens.of(text)).parse());
  }

  /**
   * Whether an instance fulfils it.
   *
   * @throws QueryBudgetException if a regular expression takes too many steps
   */
  public boolean matches(InstanceFacts instance) {
    return condition.matches(instance);
  }

  @Override
  public String toString() {
    return text;
  }
}
