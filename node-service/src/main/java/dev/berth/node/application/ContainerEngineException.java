package dev.berth.node.application;

/**
 * The engine refused or failed. The message starts with the name ECS gives this error, such as
 * {@code CannotPullContainerError: }, and can be shown to users as a stopped reason.
 */
public final class ContainerEngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as a caller acts on it. */
  public enum Kind {
    /** The engine can't be reached; the same call may succeed later. */
    UNAVAILABLE,
    /** The engine did not answer in time; whether it acted is unknown. */
    TIMEOUT,
    /** The container, image, volume or network isn't there. */
    NOT_FOUND,
    /** The name is taken. */
    CONFLICT,
    /** The host port is taken. */
    PORT_TAKEN,
    /** The engine won't do this, now or later. */
    REJECTED
  }

  private final Kind kind;

  public ContainerEngineException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
