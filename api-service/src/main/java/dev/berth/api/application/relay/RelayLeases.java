package dev.berth.api.application.relay;

import java.util.Optional;

/** Sees to it that one relay works at a time. Blocking. */
public interface RelayLeases {
  /** Takes the lease if nobody holds it. */
  Optional<RelayLease> tryAcquire();

  /** How many rows wait in the outbox, and how old the oldest is; by any replica. */
  OutboxDepth depth();

  /**
   * The outbox's length.
   *
   * @param oldestMillis age of the oldest row in milliseconds, 0 when there is none
   */
  record OutboxDepth(long rows, long oldestMillis) {}
}
