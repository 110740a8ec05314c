package dev.berth.scheduler.application;

import dev.berth.scheduler.domain.records.OutgoingRecord;
import java.time.Instant;
import java.util.List;

/** Where plans are written: all of a plan's records, or none of them. */
@FunctionalInterface
public interface DecisionLog {
  /**
   * Writes a plan and returns once every reader of committed records sees it.
   *
   * @throws LeadershipLostException if it wasn't written, or if that isn't known: the partition
   *     must be read again before anything else is decided in it
   */
  void commit(List<OutgoingRecord> plan, Instant decidedAt);
}
