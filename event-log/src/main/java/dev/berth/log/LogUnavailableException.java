package dev.berth.log;

/** Kafka can't be reached, or refused a request; the cause says why. */
public final class LogUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LogUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
