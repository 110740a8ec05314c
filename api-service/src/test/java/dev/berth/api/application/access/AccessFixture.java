package dev.berth.api.application.access;

import dev.berth.api.application.port.AccessKeys;
import dev.berth.api.application.port.ApiTokens;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.contracts.secret.InstallationKey;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Authentication over tables in memory, with a clock that a test sets. */
final class AccessFixture {
  static final Identity IDENTITY = new Identity("berth-test", "us-east-1", "000000000000");

  final InstallationKey installationKey = InstallationKey.of(InstallationKey.generate());
  final Map<String, AccessKeys.AccessKey> keys = new LinkedHashMap<>();
  final Map<String, ApiTokens.ApiToken> tokens = new LinkedHashMap<>();
  Instant now = Instant.parse("2026-11-22T12:00:00Z");
  int reads;
  boolean databaseIsAway;

  final AccessKeys accessKeys =
      new AccessKeys() {
        @Override
        public Uni<List<AccessKey>> all() {
          reads++;
          return databaseIsAway
              ? Uni.createFrom().failure(new IllegalStateException("away"))
              : Uni.createFrom().item(List.copyOf(keys.values()));
        }

        @Override
        public Uni<Void> put(AccessKey key) {
          keys.put(key.id(), key);
          return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Boolean> change(String id, Boolean active, String policy) {
          AccessKey key = keys.get(id);
          keys.put(
              id,
              new AccessKey(
                  id,
                  key.name(),
                  key.sealedSecret(),
                  active == null ? key.active() : active,
                  policy == null ? key.policy() : policy,
                  key.createdAt()));
          return Uni.createFrom().item(true);
        }

        @Override
        public Uni<Boolean> delete(String id) {
          return Uni.createFrom().item(keys.remove(id) != null);
        }

        @Override
        public Uni<Void> deleteOthersOf(String name, String id) {
          keys.values().removeIf(key -> key.name().equals(name) && !key.id().equals(id));
          return Uni.createFrom().voidItem();
        }
      };

  final ApiTokens apiTokens =
      new ApiTokens() {
        @Override
        public Uni<List<ApiToken>> all() {
          return Uni.createFrom().item(new ArrayList<>(tokens.values()));
        }

        @Override
        public Uni<Void> put(ApiToken token) {
          tokens.put(token.id(), token);
          return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Boolean> delete(String id) {
          return Uni.createFrom().item(tokens.remove(id) != null);
        }
      };

  final Transactions transactions =
      new Transactions() {
        @Override
        public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
          return work.get();
        }

        @Override
        public <T> Uni<T> reading(Supplier<Uni<T>> work) {
          return work.get();
        }
      };

  final Authentication authentication = authentication(IDENTITY);
  final KnownCallers callers = new KnownCallers(authentication, IDENTITY);
  final ChangeAccessKeys changeAccessKeys =
      new ChangeAccessKeys(accessKeys, transactions, installationKey, authentication, () -> now);

  Authentication authentication(Identity identity) {
    return new Authentication(
        apiTokens, accessKeys, installationKey, transactions, identity, () -> now);
  }

  /** Keeps a key as if another replica had made it. */
  void key(String id, String secret, PolicyDocument policy) {
    keys.put(
        id,
        new AccessKeys.AccessKey(
            id,
            "user-of-" + id,
            installationKey.seal(secret, ChangeAccessKeys.sealedAs(id)),
            true,
            policy.json(),
            now));
  }
}
