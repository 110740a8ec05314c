package dev.berth.scheduler.domain.state;

import java.time.Instant;

/** How far the scheduler may trust what it hears, and what it doesn't. */
public final class Hearing {
  private Instant caughtUpAt;
  private Instant recoveringSince;
  private Instant forgottenBefore;
  private Instant suspectedSince;
  private Instant trustedAgainAt;
  private boolean nobodyHeard;

  /** Since when everything is read as it is written, or null before. */
  public Instant caughtUpAt() {
    return caughtUpAt;
  }

  void caughtUp(Instant now, Instant since) {
    if (caughtUpAt == null) {
      recoveringSince = since;
      forgottenBefore = since;
    } else {
      recoverFrom(now);
    }
    caughtUpAt = now;
  }

  /** Whether what was decided in this cluster may have been lost with the log. */
  public boolean isRecovering() {
    return recoveringSince != null;
  }

  /**
   * From when on everybody could write to the log again what it has lost, or null if it is
   * complete.
   */
  public Instant recoveringSince() {
    return recoveringSince;
  }

  /** Whether something made at {@code createdAt}, null if unknown, may be in what was lost. */
  public boolean mayHaveForgotten(Instant createdAt) {
    return isRecovering() && (createdAt == null || createdAt.isBefore(forgottenBefore));
  }

  /** Not everybody could write until now. */
  public void recoverFrom(Instant now) {
    if (isRecovering()) {
      recoveringSince = now;
    }
  }

  void recovered() {
    recoveringSince = null;
  }

  /** Since when so many instances are silent that our own hearing is suspected, or null. */
  public Instant suspectedSince() {
    return suspectedSince;
  }

  /** When that suspicion last ended, or null. */
  public Instant trustedAgainAt() {
    return trustedAgainAt;
  }

  /**
   * So many instances are silent that our own hearing is suspected. When nobody was heard and
   * somebody is again, the suspicion starts anew: the others may be about to be heard, too.
   *
   * @param total whether nobody at all is heard
   */
  public void suspect(boolean total, Instant now) {
    if (suspectedSince == null || (nobodyHeard && !total)) {
      suspectedSince = now;
    }
    nobodyHeard = total;
  }

  /** What is heard can be trusted again. */
  public void trust(Instant now) {
    suspectedSince = null;
    nobodyHeard = false;
    trustedAgainAt = now;
  }
}
