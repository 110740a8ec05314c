package dev.berth.api.application.port;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Bearer tokens, of which only SHA-256 digests are kept. */
public interface ApiTokens {
  /**
   * A token's name and digest.
   *
   * @param sha256 in lower-case hexadecimal digits
   */
  record ApiToken(String id, String name, String sha256) {}

  Uni<List<ApiToken>> all();

  /** Keeps a token under an id; one with the same id is replaced. */
  Uni<Void> put(ApiToken token);
}
