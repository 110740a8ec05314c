package dev.berth.contracts.secret;

/** A sealed secret that can't be opened: another key, another context, or not what was sealed. */
public final class UnreadableSecretException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableSecretException(String message) {
    super(message);
  }

  public UnreadableSecretException(String message, Throwable cause) {
    super(message, cause);
  }
}
