package dev.berth.api.application.port;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Client tokens and what was made for them. */
public interface IdempotencyTokens {
  /** What a token was used for: a digest of the request and the ids of what it made. */
  record Used(String requestDigest, List<String> ids) {}

  /** Finds a token's use; callers with the same token wait for each other until they commit. */
  Uni<Optional<Used>> lock(String scope, String token);

  Uni<Void> add(String scope, String token, Used used);
}
