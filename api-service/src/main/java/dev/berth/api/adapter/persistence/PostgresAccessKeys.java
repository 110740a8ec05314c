package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.AccessKeys;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Access keys in PostgreSQL, their secrets sealed. */
@ApplicationScoped
public class PostgresAccessKeys
    implements AccessKeys, PanacheRepositoryBase<AccessKeyEntity, String> {
  @Override
  public Uni<List<AccessKey>> all() {
    return listAll(Sort.by("createdAt").and("id"))
        .map(rows -> rows.stream().map(PostgresAccessKeys::key).toList());
  }

  @Override
  public Uni<Void> put(AccessKey key) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        insert into access_keys (id, name, sealed_secret, active, policy, created_at)
                        values (?1, ?2, ?3, ?4, ?5, ?6)
                        on conflict (id) do update set name = excluded.name,
                          sealed_secret = excluded.sealed_secret, active = excluded.active,
                          policy = excluded.policy
                        """)
                    .setParameter(1, key.id())
                    .setParameter(2, key.name())
                    .setParameter(3, key.sealedSecret())
                    .setParameter(4, key.active())
                    .setParameter(5, key.policy())
                    .setParameter(6, key.createdAt())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> change(String id, Boolean active, String policy) {
    return findById(id)
        .map(
            row -> {
              if (row == null) {
                return false;
              }
              row.active = active == null ? row.active : active;
              row.policy = policy == null ? row.policy : policy;
              return true;
            })
        .call(() -> flush());
  }

  @Override
  public Uni<Boolean> delete(String id) {
    return deleteById(id);
  }

  @Override
  public Uni<Void> deleteOthersOf(String name, String id) {
    return delete("name = ?1 and id <> ?2", name, id == null ? "" : id).replaceWithVoid();
  }

  private static AccessKey key(AccessKeyEntity row) {
    return new AccessKey(row.id, row.name, row.sealedSecret, row.active, row.policy, row.createdAt);
  }
}
