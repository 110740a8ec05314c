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

  /**
   * Deletes the tasks that are {@linkplain dev.berth.api.domain.fold.TaskFold#isHearsay hearsay}:
   * to be called when the log that told of them is gone. A scheduler that begins anew doesn't know
   * them, so that nobody would ever end them; one that its node has heard of comes back with what
   * the node tells.
   *
   * @return how many there were
   */
  Uni<Integer> forgetHearsay();

  /**
   * Notes in what is desired of tasks that have a container instance, and aren't over, which one
   * that is: to be called when the log that told of them is gone, before everything desired is
   * published to another one. Its scheduler can end those then that no node tells of any more.
   *
   * @param atMost how many in this transaction
   * @return how many it were: with {@code atMost} of them there may be more
   */
  Uni<Integer> nameWhatRuns(int atMost);
}
