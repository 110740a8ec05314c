package dev.berth.api.adapter.persistence.fold;

import dev.berth.api.application.port.PublicEvents;
import dev.berth.api.domain.fold.ClusterEvent;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Appends to the table {@code public_events} in the session of a use case. */
@ApplicationScoped
public class PostgresPublicEvents implements PublicEvents {
  private static final String APPEND =
      """
      insert into public_events (event_id, cluster, event)
      values (?1, ?2, cast(cast(?3 as text) as jsonb)) on conflict (event_id) do nothing
      """;

  @Override
  public Uni<Void> append(ClusterEvent event) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery("select cast(pg_advisory_xact_lock(?1) as text)")
                    .setParameter(1, PostgresFoldRows.APPEND_LOCK)
                    .getResultList()
                    .chain(
                        () ->
                            session
                                .createNativeQuery(APPEND)
                                .setParameter(1, event.event().id())
                                .setParameter(2, event.cluster())
                                .setParameter(3, Sql.json(event.event()))
                                .executeUpdate()))
        .replaceWithVoid();
  }
}
