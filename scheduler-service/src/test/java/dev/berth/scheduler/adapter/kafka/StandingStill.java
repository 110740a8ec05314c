package dev.berth.scheduler.adapter.kafka;

import dev.berth.scheduler.application.ClusterBrain;
import dev.berth.scheduler.application.LogEntry;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Decides like another, but after a decision the process stands still, as in a long pause. */
record StandingStill(ClusterBrain brain, CountDownLatch until, AtomicBoolean standing)
    implements ClusterBrain {
  @Override
  public boolean fold(LogEntry entry) {
    return brain.fold(entry);
  }

  @Override
  public void caughtUp(Instant now, Instant recoveringSince) {
    brain.caughtUp(now, recoveringSince);
  }

  @Override
  public int parts() {
    return brain.parts();
  }

  @Override
  public Outcome decide(Instant now, boolean nextPart) {
    Outcome outcome = brain.decide(now, nextPart);
    if (!outcome.records().isEmpty()) {
      standing.set(true);
      try {
        if (!until.await(1, TimeUnit.MINUTES)) {
          throw new IllegalStateException("Nobody let it go on");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return outcome;
  }
}
