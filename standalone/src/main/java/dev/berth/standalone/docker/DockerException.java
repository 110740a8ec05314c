package dev.berth.standalone.docker;

/** Docker Engine can't be had, can't be reached, or refused something. */
public final class DockerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DockerException(String message) {
    super(message);
  }

  public DockerException(String message, Throwable cause) {
    super(message, cause);
  }
}
