package dev.berth.api.application.access;

import dev.berth.api.application.port.ApiTokens;
import dev.berth.api.application.port.ApiTokens.ApiToken;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.secret.AccessKeyPair;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Makes, shows and removes bearer tokens. */
@ApplicationScoped
public class ChangeTokens {
  private static final String PREFIX = "berth_";

  private final ApiTokens tokens;
  private final Transactions transactions;
  private final Authentication authentication;
  private final InstantSource clock;

  public ChangeTokens(
      ApiTokens tokens,
      Transactions transactions,
      Authentication authentication,
      InstantSource clock) {
    this.tokens = tokens;
    this.transactions = transactions;
    this.authentication = authentication;
    this.clock = clock;
  }

  /** Makes a token, which is in this answer and nowhere else: only its digest is kept. */
  public Uni<TokenDescription> create(String userName, PolicyDocument policy) {
    CallerNames.check(userName, policy);
    AccessKeyPair drawn = AccessKeyPair.generate();
    String secret = PREFIX + HexFormat.of().formatHex(Base64.getDecoder().decode(drawn.secret()));
    ApiToken token =
        new ApiToken(
            "token-" + drawn.id().toLowerCase(Locale.ROOT),
            userName,
            Sha256.of(secret),
            policy.json(),
            clock.instant());
    return transactions
        .inTransaction(() -> tokens.put(token))
        .chain(authentication::read)
        .map(done -> TokenDescription.of(token).withToken(secret));
  }

  /** All tokens' names and policies, the oldest first. */
  public Uni<List<TokenDescription>> list() {
    return transactions
        .reading(tokens::all)
        .map(all -> all.stream().map(TokenDescription::of).toList());
  }

  /** Removes a token: it is refused from now on. */
  public Uni<TokenDescription> delete(String id) {
    return transactions
        .inTransaction(() -> find(id).call(() -> tokens.delete(id)))
        .call(authentication::read)
        .map(TokenDescription::of);
  }

  private Uni<ApiToken> find(String id) {
    return tokens
        .all()
        .map(
            all ->
                all.stream()
                    .filter(token -> token.id().equals(id))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            ProblemException.notFound(
                                "NoSuchEntity", "The token " + id + " doesn't exist.")))
        .invoke(
            token -> {
              if (token.id().equals(Administrator.NAME)) {
                throw ProblemException.conflict(
                    "UnmodifiableEntity",
                    "The administrator's token is the one in the credentials file, and is changed"
                        + " there.");
              }
            });
  }
}
