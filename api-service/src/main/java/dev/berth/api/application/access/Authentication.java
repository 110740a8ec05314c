package dev.berth.api.application.access;

import dev.berth.api.application.port.ApiTokens;
import dev.berth.api.application.port.ApiTokens.ApiToken;
import dev.berth.api.application.port.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Tells whose bearer token it is. Digests are kept in memory and read again, at most once a second,
 * when a token isn't among them: another replica may have made it.
 */
@ApplicationScoped
public class Authentication {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ApiTokens tokens;
  private final Transactions transactions;
  private final InstantSource clock;
  private volatile List<ApiToken> known = List.of();
  private volatile Instant readAt = Instant.MIN;

  public Authentication(ApiTokens tokens, Transactions transactions, InstantSource clock) {
    this.tokens = tokens;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** The token's owner without asking the database, or empty. */
  public Optional<String> ownerOf(String token) {
    byte[] digest = Sha256.of(token).getBytes(StandardCharsets.US_ASCII);
    String owner = null;
    // Every digest is compared in full, so that the time taken tells nothing.
    for (ApiToken one : known) {
      if (MessageDigest.isEqual(one.sha256().getBytes(StandardCharsets.US_ASCII), digest)) {
        owner = one.name();
      }
    }
    return Optional.ofNullable(owner);
  }

  /** Whether the database may be asked again; true at most once a second. */
  public boolean mayReadAgain() {
    Instant now = clock.instant();
    if (readAt.isAfter(now.minus(PATIENCE))) {
      return false;
    }
    readAt = now;
    return true;
  }

  /** Reads all tokens. */
  public Uni<Void> read() {
    return transactions
        .reading(tokens::all)
        .invoke(all -> known = List.copyOf(all))
        .replaceWithVoid();
  }
}
