package dev.berth.standalone.process;

/** A child process could not be started, ended too early, or did not become ready in time. */
public final class ProcessFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProcessFailedException(String message) {
    super(message);
  }

  public ProcessFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
