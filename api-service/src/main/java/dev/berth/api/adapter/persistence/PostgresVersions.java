package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.Versions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Versions from the sequence {@code resource_version}. */
@ApplicationScoped
public class PostgresVersions implements Versions {
  @Override
  public Uni<Long> next() {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery("select nextval('resource_version')", Long.class)
                    .getSingleResult());
  }

  @Override
  public Uni<List<Long>> next(int count) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select nextval('resource_version') from generate_series(1, ?1)",
                        Long.class)
                    .setParameter(1, count)
                    .getResultList());
  }
}
