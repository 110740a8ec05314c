package dev.berth.api.application.fold;

/** The database refuses what a batch says, however often it is tried. */
public final class UnfoldableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnfoldableException(String message, Throwable cause) {
    super(message, cause);
  }
}
