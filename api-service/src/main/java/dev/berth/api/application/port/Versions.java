package dev.berth.api.application.port;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** The versions of desired records: one sequence for all, so that a name used anew goes on. */
public interface Versions {
  /** The next version. Take it only while the resource's row is locked. */
  Uni<Long> next();

  /** So many versions at once, each greater than the one before it. */
  Uni<List<Long>> next(int count);
}
