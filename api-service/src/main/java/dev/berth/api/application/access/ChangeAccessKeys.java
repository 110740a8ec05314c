package dev.berth.api.application.access;

import dev.berth.api.application.port.AccessKeys;
import dev.berth.api.application.port.AccessKeys.AccessKey;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.secret.AccessKeyPair;
import dev.berth.contracts.secret.InstallationKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;

/** Makes, shows, disables and removes access keys. */
@ApplicationScoped
public class ChangeAccessKeys {
  private final AccessKeys keys;
  private final Transactions transactions;
  private final InstallationKey installationKey;
  private final Authentication authentication;
  private final InstantSource clock;

  public ChangeAccessKeys(
      AccessKeys keys,
      Transactions transactions,
      InstallationKey installationKey,
      Authentication authentication,
      InstantSource clock) {
    this.keys = keys;
    this.transactions = transactions;
    this.installationKey = installationKey;
    this.authentication = authentication;
    this.clock = clock;
  }

  /** What a secret is sealed as. */
  static String sealedAs(String accessKeyId) {
    return "access-key/" + accessKeyId;
  }

  /** Makes a key. Its secret is in this answer and can't be shown again. */
  public Uni<AccessKeyDescription> create(String userName, PolicyDocument policy) {
    CallerNames.check(userName, policy);
    AccessKeyPair pair = AccessKeyPair.generate();
    AccessKey key =
        new AccessKey(
            pair.id(),
            userName,
            installationKey.seal(pair.secret(), sealedAs(pair.id())),
            true,
            policy.json(),
            clock.instant());
    return transactions
        .inTransaction(() -> keys.put(key))
        .chain(authentication::read)
        .map(done -> AccessKeyDescription.of(key).withSecret(pair.secret()));
  }

  /** All keys, the oldest first, without their secrets. */
  public Uni<List<AccessKeyDescription>> list() {
    return transactions
        .reading(keys::all)
        .map(all -> all.stream().map(AccessKeyDescription::of).toList());
  }

  /** One key without its secret. */
  public Uni<AccessKeyDescription> describe(String id) {
    return transactions.reading(() -> find(id)).map(AccessKeyDescription::of);
  }

  /** Changes what isn't null. */
  public Uni<AccessKeyDescription> change(
      String id, AccessKeyDescription.Status status, PolicyDocument policy) {
    if (policy != null) {
      policy.check();
    }
    Boolean active = status == null ? null : status == AccessKeyDescription.Status.Active;
    return transactions
        .inTransaction(
            () ->
                changeable(id)
                    .chain(key -> keys.change(id, active, policy == null ? null : policy.json()))
                    .chain(done -> find(id)))
        .call(authentication::read)
        .map(AccessKeyDescription::of);
  }

  /** Removes a key: what is signed with it is refused from now on. */
  public Uni<AccessKeyDescription> delete(String id) {
    return transactions
        .inTransaction(() -> changeable(id).call(() -> keys.delete(id)))
        .call(authentication::read)
        .map(AccessKeyDescription::of);
  }

  private Uni<AccessKey> find(String id) {
    return keys.all()
        .map(
            all ->
                all.stream()
                    .filter(key -> key.id().equals(id))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            ProblemException.notFound(
                                "NoSuchEntity", "The access key " + id + " doesn't exist.")));
  }

  private Uni<AccessKey> changeable(String id) {
    return find(id)
        .invoke(
            key -> {
              if (key.name().equals(Administrator.NAME)) {
                throw ProblemException.conflict(
                    "UnmodifiableEntity",
                    "The administrator's key is the one in the credentials file, and is changed"
                        + " there.");
              }
            });
  }
}
