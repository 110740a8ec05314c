package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.IdempotencyTokens;
import dev.berth.contracts.EventJson;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Client tokens in PostgreSQL. */
@ApplicationScoped
public class PostgresIdempotencyTokens implements IdempotencyTokens {
  @Override
  public Uni<Optional<Used>> lock(String scope, String token) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(pg_advisory_xact_lock(hashtextextended(?1, 0)) as text)")
                    .setParameter(1, scope + '\n' + token)
                    .getResultList()
                    .chain(
                        () ->
                            session
                                .createNativeQuery(
                                    "select request_sha256, cast(result as text) from idempotency_tokens where scope = ?1 and token = ?2",
                                    Object[].class)
                                .setParameter(1, scope)
                                .setParameter(2, token)
                                .getResultList()))
        .map(PostgresIdempotencyTokens::used);
  }

  @Override
  public Uni<Void> add(String scope, String token, Used used) {
    String ids = new String(EventJson.write(new IdsDocument(used.ids())), StandardCharsets.UTF_8);
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into idempotency_tokens (scope, token, request_sha256, result) values (?1, ?2, ?3, cast(cast(?4 as text) as jsonb))")
                    .setParameter(1, scope)
                    .setParameter(2, token)
                    .setParameter(3, used.requestDigest())
                    .setParameter(4, ids)
                    .executeUpdate())
        .replaceWithVoid();
  }

  private static Optional<Used> used(List<Object[]> rows) {
    return rows.stream()
        .findFirst()
        .map(
            row ->
                new Used(
                    (String) row[0],
                    EventJson.read(
                            ((String) row[1]).getBytes(StandardCharsets.UTF_8), IdsDocument.class)
                        .ids()));
  }
}
