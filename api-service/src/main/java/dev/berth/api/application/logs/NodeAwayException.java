package dev.berth.api.application.logs;

/** The node that has the logs can't be reached, or doesn't answer as it should. */
public final class NodeAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NodeAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
