package dev.berth.scheduler.application;

/**
 * What this process believes of a partition may no longer be what the log says: another scheduler
 * leads it, a transaction failed, or the log was replaced.
 */
public final class LeadershipLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LeadershipLostException(String message) {
    super(message);
  }

  public LeadershipLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
