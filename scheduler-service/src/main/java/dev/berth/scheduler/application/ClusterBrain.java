package dev.berth.scheduler.application;

import dev.berth.scheduler.domain.records.OutgoingRecord;
import java.time.Instant;
import java.util.List;

/** One cluster's state and what follows from it. Used by one thread. */
public interface ClusterBrain {
  /**
   * Takes a record into the state: one of this cluster, one of no cluster, or a tombstone of any
   * cluster of the partition.
   *
   * @return whether something may have to be decided now
   */
  boolean fold(LogEntry entry);

  /**
   * Everything that was written has been folded. Said again when the log was out of reach in
   * between: silence before then says nothing.
   *
   * @param recoveringSince null if the log holds all that was decided in this cluster; else since
   *     when it may not: what is older than that waits until every container instance is accounted
   *     for. Only the first call's word counts
   */
  void caughtUp(Instant now, Instant recoveringSince);

  /**
   * Decides what changed and what is due, all of it after {@link #caughtUp}; what was decided is in
   * the state already, as if its records had been folded.
   *
   * @param nextPart whether to look at one more part of the cluster, too, changed or not
   */
  Outcome decide(Instant now, boolean nextPart);

  /**
   * How many parts make the whole cluster, 1 and more: so many looks at the next part see all of
   * it.
   */
  int parts();

  /**
   * What was decided.
   *
   * @param records to be written together, in this order; empty if nothing is to be done
   * @param wakeUpAt when to decide again although nothing was heard, or null
   */
  record Outcome(List<OutgoingRecord> records, Instant wakeUpAt) {
    public Outcome {
      records = List.copyOf(records);
    }
  }

  /** Makes the brains of clusters that are heard of for the first time. */
  @FunctionalInterface
  interface Factory {
    /**
     * @param epoch counts the leaderships of the cluster's partition
     */
    ClusterBrain create(String cluster, long epoch);
  }
}
