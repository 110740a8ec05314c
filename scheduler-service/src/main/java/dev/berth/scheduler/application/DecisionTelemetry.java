package dev.berth.scheduler.application;

import dev.berth.scheduler.domain.records.OutgoingRecord;
import java.time.Duration;
import java.util.List;

/** Who wants to know how deciding goes: metrics and logs. Called by the deciding threads. */
public interface DecisionTelemetry {
  /** A cluster was decided; this is how long it took to think, without writing. */
  void reconciled(String cluster, Duration took);

  /** A plan was written; the time is from the first decision to the commit. */
  void committed(String cluster, List<OutgoingRecord> plan, Duration took);

  /** A plan could not be written. */
  void transactionFailed(int partition, Throwable cause);

  /** Deciding a cluster failed with a defect; the other clusters go on. */
  void reconcileFailed(String cluster, RuntimeException defect);
}
