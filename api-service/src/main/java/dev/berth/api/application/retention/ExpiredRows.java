package dev.berth.api.application.retention;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Deletes rows by age, a limited number at a time; each call is one transaction. */
public interface ExpiredRows {
  /** What can expire. */
  enum Kind {
    /** Stopped tasks; the records of what users wanted of them are published as tombstones. */
    STOPPED_TASKS,
    PUBLIC_EVENTS,
    SERVICE_EVENTS,
    CLIENT_TOKENS,
    INACTIVE_SERVICES,
    /** Service deployments that are over, with their revisions; a service's newest one stays. */
    SERVICE_DEPLOYMENTS,
    /** Their desired records are published as tombstones. */
    INACTIVE_INSTANCES,
    /** Those that are to be deleted and that no live service or task runs. */
    DELETED_TASK_DEFINITIONS
  }

  /**
   * Deletes the rows of a kind that are older than {@code age}.
   *
   * @return how many were deleted; fewer than {@code limit} when no more are left
   */
  Uni<Integer> delete(Kind kind, Duration age, int limit);
}
