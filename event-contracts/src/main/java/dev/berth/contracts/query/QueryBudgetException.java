package dev.berth.contracts.query;

/** A regular expression took more steps than it may on one value. */
public final class QueryBudgetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QueryBudgetException(String pattern) {
    super("the regular expression " + pattern + " takes too long");
  }
}
