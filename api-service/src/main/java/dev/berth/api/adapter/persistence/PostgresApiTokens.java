package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.ApiTokens;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Digests of bearer tokens in PostgreSQL. */
@ApplicationScoped
public class PostgresApiTokens implements ApiTokens, PanacheRepositoryBase<ApiTokenEntity, String> {
  @Override
  public Uni<List<ApiToken>> all() {
    return listAll(Sort.by("createdAt").and("id"))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new ApiToken(row.id, row.name, row.sha256, row.policy, row.createdAt))
                    .toList());
  }

  @Override
  public Uni<Void> put(ApiToken token) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        insert into api_tokens (id, name, sha256, policy, created_at)
                        values (?1, ?2, ?3, ?4, ?5)
                        on conflict (id) do update set name = excluded.name,
                          sha256 = excluded.sha256, policy = excluded.policy
                        """)
                    .setParameter(1, token.id())
                    .setParameter(2, token.name())
                    .setParameter(3, token.sha256())
                    .setParameter(4, token.policy())
                    .setParameter(5, token.createdAt())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> delete(String id) {
    return deleteById(id);
  }
}
