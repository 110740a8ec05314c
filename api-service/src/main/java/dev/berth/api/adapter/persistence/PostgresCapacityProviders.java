package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.CapacityProviderStore;
import dev.berth.api.domain.capacity.CapacityProviders;
import dev.berth.api.domain.capacity.StoredCapacityProvider;
import dev.berth.contracts.cluster.CapacityProvider;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Capacity providers in PostgreSQL. */
@ApplicationScoped
public class PostgresCapacityProviders
    implements CapacityProviderStore, PanacheRepositoryBase<CapacityProviderEntity, String> {
  private static final String CLUSTERS =
      """
      select name from clusters
      where status = 'ACTIVE' and jsonb_exists(desired -> 'capacityProviders', cast(?1 as text)) order by name
      """;
  private static final String USED =
      """
      select exists (select 1 from services where cluster = ?1 and status <> 'INACTIVE'
          and jsonb_path_exists(desired, '$.**.capacityProvider ? (@ == $name)',
            jsonb_build_object('name', cast(?2 as text))))
        or exists (select 1 from tasks where cluster = ?1 and last_status <> 'STOPPED'
          and (seen ->> 'capacityProviderName' = ?2
            or jsonb_path_exists(desired, '$.**.capacityProvider ? (@ == $name)',
              jsonb_build_object('name', cast(?2 as text)))))
      """;
  private static final String MEMBERS =
      """
      select id, cluster from container_instances
      where status <> 'INACTIVE' and (
        seen -> 'attributes' @> jsonb_build_array(jsonb_build_object('name', cast(?1 as text), 'value', cast(?2 as text)))
        or desired -> 'attributes' @> jsonb_build_array(jsonb_build_object('name', cast(?1 as text), 'value', cast(?2 as text))))
      order by id
      """;

  private final InstantSource clock;

  public PostgresCapacityProviders(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Uni<Optional<StoredCapacityProvider>> find(String name) {
    return findById(name).map(PostgresCapacityProviders::stored);
  }

  @Override
  public Uni<Optional<StoredCapacityProvider>> lock(String name) {
    return findById(name, LockModeType.PESSIMISTIC_WRITE).map(PostgresCapacityProviders::stored);
  }

  @Override
  public Uni<List<StoredCapacityProvider>> list(String after, int limit) {
    return find("status = 'ACTIVE' and name > ?1 order by name", after)
        .page(0, limit)
        .list()
        .map(rows -> rows.stream().map(row -> stored(row).orElseThrow()).toList());
  }

  @Override
  public Uni<Collection<CapacityProvider>> active() {
    return list("status = ?1", CapacityProviders.ACTIVE)
        .map(rows -> rows.stream().map(row -> row.provider).toList());
  }

  @Override
  public Uni<Void> put(StoredCapacityProvider provider) {
    return findById(provider.provider().name())
        .chain(
            known -> {
              CapacityProviderEntity row = known == null ? new CapacityProviderEntity() : known;
              row.name = provider.provider().name();
              row.status = provider.provider().status();
              row.updateStatus = provider.updateStatus();
              row.provider = provider.provider();
              row.tags = new TagsDocument(provider.tags());
              if (known == null) {
                row.createdAt = clock.instant();
                return persistAndFlush(row).replaceWithVoid();
              }
              return flush();
            });
  }

  @Override
  public Uni<List<String>> clustersOf(String name) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(CLUSTERS, String.class)
                    .setParameter(1, name)
                    .getResultList());
  }

  @Override
  public Uni<Boolean> isUsed(String cluster, String name) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(USED, Boolean.class)
                    .setParameter(1, cluster)
                    .setParameter(2, name)
                    .getSingleResult());
  }

  @Override
  public Uni<List<Member>> membersOf(String group) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(MEMBERS, Object[].class)
                    .setParameter(1, CapacityProviders.GROUP_ATTRIBUTE)
                    .setParameter(2, group)
                    .getResultList())
        .map(
            rows ->
                rows.stream().map(row -> new Member((String) row[0], (String) row[1])).toList());
  }

  private static Optional<StoredCapacityProvider> stored(CapacityProviderEntity row) {
    return Optional.ofNullable(row)
        .map(
            found ->
                new StoredCapacityProvider(found.provider, found.updateStatus, found.tags.tags()));
  }
}
