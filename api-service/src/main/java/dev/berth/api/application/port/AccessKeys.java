package dev.berth.api.application.port;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** Access keys, whose secrets are kept sealed. */
public interface AccessKeys {
  /**
   * An access key.
   *
   * @param id as it stands in signatures, such as {@code AKIA...}
   * @param name of the user it is for
   * @param sealedSecret opens with the installation's key
   * @param policy as JSON
   */
  record AccessKey(
      String id,
      String name,
      String sealedSecret,
      boolean active,
      String policy,
      Instant createdAt) {}

  /** All of them, the oldest first. */
  Uni<List<AccessKey>> all();

  /** Keeps a key; one with the same id is replaced. */
  Uni<Void> put(AccessKey key);

  /** Changes what isn't null; whether there was such a key. */
  Uni<Boolean> change(String id, Boolean active, String policy);

  /** Removes a key; whether there was one. */
  Uni<Boolean> delete(String id);

  /** Removes the keys of a user other than this one. */
  Uni<Void> deleteOthersOf(String name, String id);
}
