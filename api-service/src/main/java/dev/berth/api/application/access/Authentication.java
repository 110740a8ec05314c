package dev.berth.api.application.access;

import dev.berth.api.application.port.AccessKeys;
import dev.berth.api.application.port.AccessKeys.AccessKey;
import dev.berth.api.application.port.ApiTokens;
import dev.berth.api.application.port.ApiTokens.ApiToken;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.access.Principal;
import dev.berth.api.domain.access.SignatureClaim;
import dev.berth.api.domain.access.SignatureRules;
import dev.berth.api.domain.access.SignedRequest;
import dev.berth.contracts.secret.InstallationKey;
import dev.berth.contracts.secret.UnreadableSecretException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Tells who calls, by a bearer token or by a signature. What the database has of both is kept in
 * memory for two seconds, so a key that was disabled at another replica is refused here that soon;
 * a change made at this one counts at once. A token or key that isn't among them is looked for
 * again, at most ten times a second: another replica may have made it.
 */
@ApplicationScoped
public class Authentication {
  private static final Logger LOG = Logger.getLogger(Authentication.class);
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final Duration STALE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final ApiTokens tokens;
  private final AccessKeys keys;
  private final InstallationKey installationKey;
  private final Transactions transactions;
  private final Identity identity;
  private final InstantSource clock;
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile Known known = known(Instant.EPOCH, List.of(), List.of());

  /**
   * What was in the database at a time.
   *
   * @param signingKeys those derived so far, by key and scope; as short-lived as the rest, and of
   *     today and this region only, so there are few
   */
  private record Known(
      Instant at,
      List<ApiToken> tokens,
      Map<String, AccessKey> keys,
      Map<String, Principal> principals,
      Map<String, byte[]> signingKeys) {}

  public Authentication(
      ApiTokens tokens,
      AccessKeys keys,
      InstallationKey installationKey,
      Transactions transactions,
      Identity identity,
      InstantSource clock) {
    this.tokens = tokens;
    this.keys = keys;
    this.installationKey = installationKey;
    this.transactions = transactions;
    this.identity = identity;
    this.clock = clock;
  }

  /** Whose bearer token it is; empty if it isn't known. */
  public Uni<Optional<Principal>> bearer(String token) {
    return current()
        .map(current -> ownerOf(current, token))
        .chain(
            owner ->
                owner.isPresent() || !mayReadAgain()
                    ? Uni.createFrom().item(owner)
                    : read().map(ignored -> ownerOf(known, token)));
  }

  /**
   * Whose signature it is.
   *
   * @param services whose signatures are taken, by their signing names
   * @return a failure is a {@link dev.berth.api.domain.problem.ProblemException} that says what is
   *     wrong with the signature
   */
  public Uni<Principal> signed(SignedRequest request, List<String> services) {
    return Uni.createFrom()
        .item(() -> SignatureRules.check(request, identity.region(), services, clock.instant()))
        .chain(
            checked ->
                knowing(checked.claim().accessKeyId())
                    .map(current -> verified(request, checked, current)));
  }

  /** Who has this id now; empty if it is gone or disabled. */
  public Optional<Principal> principal(String id) {
    return Optional.ofNullable(known.principals().get(id));
  }

  /** Reads everything again. */
  public Uni<Void> read() {
    Instant now = clock.instant();
    return transactions
        .reading(() -> tokens.all().chain(all -> keys.all().map(some -> known(now, all, some))))
        .invoke(read -> known = read)
        .replaceWithVoid();
  }

  private Uni<Known> current() {
    Duration age = Duration.between(known.at(), clock.instant());
    boolean usable = age.compareTo(STALE) < 0;
    if (age.compareTo(FRESH) < 0 || (usable && !reading.compareAndSet(false, true))) {
      return Uni.createFrom().item(known);
    }
    return read().onTermination().invoke(() -> reading.set(false)).map(ignored -> known);
  }

  private boolean mayReadAgain() {
    return known.at().isBefore(clock.instant().minus(PATIENCE));
  }

  private static Optional<Principal> ownerOf(Known current, String token) {
    byte[] digest = Sha256.of(token).getBytes(StandardCharsets.US_ASCII);
    String owner = null;
    // Every digest is compared in full, so that the time taken tells nothing.
    for (ApiToken one : current.tokens()) {
      if (MessageDigest.isEqual(one.sha256().getBytes(StandardCharsets.US_ASCII), digest)) {
        owner = one.id();
      }
    }
    return Optional.ofNullable(owner).map(current.principals()::get);
  }

  private Uni<Known> knowing(String id) {
    return current()
        .chain(
            current ->
                current.keys().containsKey(id) || !mayReadAgain()
                    ? Uni.createFrom().item(current)
                    : read().map(ignored -> known));
  }

  private Principal verified(SignedRequest request, SignatureRules.Checked checked, Known current) {
    SignatureClaim claim = checked.claim();
    AccessKey key = current.keys().get(claim.accessKeyId());
    if (key == null || !key.active()) {
      throw SignatureRules.unrecognized();
    }
    byte[] signingKey =
        current
            .signingKeys()
            .computeIfAbsent(
                key.id() + "/" + claim.scope(), scope -> Signatures.key(claim, secretOf(key)));
    String expected = Signatures.of(request, checked, signingKey);
    if (!MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII),
        checked.claim().signature().getBytes(StandardCharsets.US_ASCII))) {
      throw SignatureClaim.mismatch();
    }
    return principal(key.id()).orElseThrow(SignatureRules::unrecognized);
  }

  private String secretOf(AccessKey key) {
    try {
      return installationKey.open(key.sealedSecret(), ChangeAccessKeys.sealedAs(key.id()));
    } catch (UnreadableSecretException e) {
      LOG.errorf("The secret of access key %s can't be opened: %s", key.id(), e.getMessage());
      throw SignatureRules.unrecognized();
    }
  }

  private static Known known(Instant at, List<ApiToken> tokens, List<AccessKey> keys) {
    Map<String, AccessKey> byId = new HashMap<>();
    Map<String, Principal> principals = new HashMap<>();
    tokens.forEach(
        token -> principals.put(token.id(), principal(token.id(), token.name(), token.policy())));
    for (AccessKey key : keys) {
      byId.put(key.id(), key);
      if (key.active()) {
        principals.put(key.id(), principal(key.id(), key.name(), key.policy()));
      }
    }
    return new Known(
        at,
        List.copyOf(tokens),
        Map.copyOf(byId),
        Map.copyOf(principals),
        new ConcurrentHashMap<>());
  }

  private static Principal principal(String id, String name, String policy) {
    return new Principal(id, name, PolicyDocument.stored(policy).policy());
  }
}
