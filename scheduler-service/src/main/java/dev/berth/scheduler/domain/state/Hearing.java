package dev.berth.scheduler.domain.state;

import java.time.Instant;

/** How far the scheduler may trust what it hears, and what it doesn't. */
public final class Hearing {
  private Instant caughtUpAt;
  private boolean recovering;
  private Instant suspectedSince;
  private Instant trustedAgainAt;

  /** Since when everything is read as it is written, or null before. */
  public Instant caughtUpAt() {
    return caughtUpAt;
  }

  void caughtUp(Instant now, boolean memoryFound) {
    if (caughtUpAt == null) {
      recovering = !memoryFound;
    }
    caughtUpAt = now;
  }

  /** Whether what was decided in this cluster may have been lost with the log. */
  public boolean isRecovering() {
    return recovering;
  }

  void recovered() {
    recovering = false;
  }

  /** Since when so many instances are silent that our own hearing is suspected, or null. */
  public Instant suspectedSince() {
    return suspectedSince;
  }

  /** When that suspicion last ended, or null. */
  public Instant trustedAgainAt() {
    return trustedAgainAt;
  }

  /** Starts or ends the suspicion. */
  public void suspect(boolean suspected, Instant now) {
    if (suspected && suspectedSince == null) {
      suspectedSince = now;
    } else if (!suspected && suspectedSince != null) {
      suspectedSince = null;
      trustedAgainAt = now;
    }
  }
}
