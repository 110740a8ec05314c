package dev.berth.api.application.port;

import io.smallrye.mutiny.Uni;

/** The versions of desired records: one sequence for all, so that a name used anew goes on. */
public interface Versions {
  /** The next version. Take it only while the resource's row is locked. */
  Uni<Long> next();
}
