package dev.berth.api.application.port;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** What this database belongs to. */
public interface Installation {
  /**
   * Claims an empty database for an installation.
   *
   * @return the id of the installation that the database belongs to, the caller's unless another
   *     one claimed it before
   */
  Uni<String> claim(String installationId);

  /** The identity of the log that everything desired was published to. */
  Uni<Optional<String>> publishedLog();

  Uni<Void> publishedTo(String logIdentity);
}
