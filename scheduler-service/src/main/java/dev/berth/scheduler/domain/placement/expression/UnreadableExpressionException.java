package dev.berth.scheduler.domain.placement.expression;

/** An expression isn't written in the cluster query language, or uses what isn't supported yet. */
public final class UnreadableExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableExpressionException(String message) {
    super(message);
  }
}
