package dev.berth.api.application.port;

import io.smallrye.mutiny.Uni;

/** Whether the database is there, migrated, and belongs to this installation. */
public interface SystemOfRecord {
  boolean isReady();

  /** Completes once the database was ready for the first time. */
  Uni<Void> whenReady();
}
