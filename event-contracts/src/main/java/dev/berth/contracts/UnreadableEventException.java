package dev.berth.contracts;

/** A record that can't be read; it belongs in the dead-letter topic with this message. */
public final class UnreadableEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
