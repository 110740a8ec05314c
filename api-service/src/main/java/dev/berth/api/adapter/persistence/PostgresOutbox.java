package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.Outbox;
import dev.berth.contracts.Topic;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes outbox rows in the transaction of the change, and wakes the relays at its commit. */
@ApplicationScoped
public class PostgresOutbox implements Outbox {
  /** The channel that relays listen to. */
  public static final String CHANNEL = "berth_outbox";

  @Override
  public Uni<Void> changed(Topic topic, String key, String partitionKey) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into outbox (topic, key, partition_key) values (?1, ?2, ?3)")
                    .setParameter(1, topic.name())
                    .setParameter(2, key)
                    .setParameter(3, partitionKey)
                    .executeUpdate()
                    .chain(
                        () ->
                            session
                                .createNativeQuery("select cast(pg_notify(?1, '') as text)")
                                .setParameter(1, CHANNEL)
                                .getResultList()))
        .replaceWithVoid();
  }
}
