package dev.berth.api.application.port;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** Bearer tokens, of which only SHA-256 digests are kept. */
public interface ApiTokens {
  /**
   * A token's name and digest.
   *
   * @param sha256 in lower-case hexadecimal digits
   * @param policy as JSON
   */
  record ApiToken(String id, String name, String sha256, String policy, Instant createdAt) {}

  /** All of them, the oldest first. */
  Uni<List<ApiToken>> all();

  /** Keeps a token under an id; one with the same id is replaced. */
  Uni<Void> put(ApiToken token);

  /** Removes a token; whether there was one. */
  Uni<Boolean> delete(String id);
}
