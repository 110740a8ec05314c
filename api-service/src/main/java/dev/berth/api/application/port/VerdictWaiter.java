package dev.berth.api.application.port;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;

/** Waits on the read model for the scheduler's decisions. */
public interface VerdictWaiter {
  /**
   * Completes as soon as each of the tasks has a verdict or a status in the read model, or when
   * {@code atMost} is over; never fails for being late. Call it outside of a transaction.
   */
  Uni<Void> await(Collection<String> taskIds, Duration atMost);
}
