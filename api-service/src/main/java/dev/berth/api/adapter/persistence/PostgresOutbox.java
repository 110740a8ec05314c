package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.Outbox;
import dev.berth.contracts.Topic;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** Writes outbox rows in the transaction of the change, and wakes the relays at its commit. */
@ApplicationScoped
public class PostgresOutbox implements Outbox {
  /** The channel that relays listen to. */
  public static final String CHANNEL = "berth_outbox";

  /** All rows and the wake-up in one statement: each costs the caller a way to the database. */
  private static final String CHANGED =
      """
      with added as (
        insert into outbox (topic, key, partition_key)
        select ?1, key, ?3 from unnest(string_to_array(?2, chr(10))) with ordinality as r(key, n)
        order by n)
      select cast(pg_notify(?4, '') as text)
      """;

  @Override
  public Uni<Void> changed(Topic topic, String key, String partitionKey) {
    return changed(topic, List.of(key), partitionKey);
  }

  @Override
  public Uni<Void> changed(Topic topic, Collection<String> keys, String partitionKey) {
    if (keys.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(CHANGED)
                    .setParameter(1, topic.name())
                    .setParameter(2, String.join("\n", keys))
                    .setParameter(3, partitionKey)
                    .setParameter(4, CHANNEL)
                    .getResultList())
        .replaceWithVoid();
  }
}
