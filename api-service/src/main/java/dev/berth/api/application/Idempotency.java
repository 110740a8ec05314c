package dev.berth.api.application;

import dev.berth.api.application.port.IdempotencyTokens;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.EventJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/** Makes a create that comes twice with one client token a create that happened once. */
@ApplicationScoped
public class Idempotency {
  private final IdempotencyTokens tokens;

  public Idempotency(IdempotencyTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * Creates, or finds what the same token created before. Within a transaction.
   *
   * @param scope what the token is unique in, such as the operation and the cluster
   * @param token the client's token; null always creates
   * @param request everything that was asked; the same token with another request is a conflict
   * @return the ids of what was made, then or now
   */
  public Uni<List<String>> once(
      String scope, String token, Object request, Supplier<Uni<List<String>>> create) {
    if (token == null) {
      return create.get();
    }
    String digest = digest(request);
    return tokens
        .lock(scope, token)
        .chain(
            used -> {
              if (used.isEmpty()) {
                return create
                    .get()
                    .call(ids -> tokens.add(scope, token, new IdempotencyTokens.Used(digest, ids)));
              }
              if (!used.get().requestDigest().equals(digest)) {
                throw ProblemException.conflict(
                    "ConflictException", "The clientToken was used before for another request.");
              }
              return Uni.createFrom().item(used.get().ids());
            });
  }

  private static String digest(Object request) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(EventJson.write(request)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
