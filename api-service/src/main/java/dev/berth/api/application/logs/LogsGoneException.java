package dev.berth.api.application.logs;

/** The node keeps no logs of the task. */
public final class LogsGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LogsGoneException(String message) {
    super(message);
  }
}
