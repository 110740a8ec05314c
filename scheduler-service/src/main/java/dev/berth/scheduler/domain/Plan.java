package dev.berth.scheduler.domain;

import java.time.Instant;
import java.util.List;

/**
 * What was decided in one look at a cluster. The state has folded it already.
 *
 * @param decisions in the order they were taken, which is the order they are written in
 * @param wakeUpAt when to look again even if nothing happens, or null
 */
public record Plan(List<Decision> decisions, Instant wakeUpAt) {
  public Plan {
    decisions = List.copyOf(decisions);
  }

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return decisions.isEmpty();
  }
}
