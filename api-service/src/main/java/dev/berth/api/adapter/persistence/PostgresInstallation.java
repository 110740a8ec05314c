package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.Installation;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The single row of {@code installation}. */
@ApplicationScoped
public class PostgresInstallation implements Installation {
  @Override
  public Uni<String> claim(String installationId) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into installation (installation_id) values (?1) on conflict do nothing")
                    .setParameter(1, installationId)
                    .executeUpdate()
                    .chain(
                        () ->
                            session
                                .createNativeQuery(
                                    "select installation_id from installation", String.class)
                                .getSingleResult()));
  }

  @Override
  public Uni<Optional<String>> publishedLog() {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select published_log from installation where published_log is not null",
                        String.class)
                    .getSingleResultOrNull())
        .map(Optional::ofNullable);
  }

  @Override
  public Uni<Void> publishedTo(String logIdentity) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery("update installation set published_log = ?1")
                    .setParameter(1, logIdentity)
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Integer> forgetHearsay() {
    // In the order of the ids, as whoever folds verdicts locks them.
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        delete from tasks where id in (
                          select id from tasks where desired is null and seen_version = 0
                            and last_status is distinct from 'STOPPED' order by id for update)
                        """)
                    .executeUpdate());
  }

  @Override
  public Uni<Integer> nameWhatRuns(int atMost) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        with living as (
                          select id from tasks where last_status <> 'STOPPED'
                              and container_instance_id is not null
                              and desired ->> 'containerInstanceId'
                                is distinct from container_instance_id
                            order by id limit ?1 for update),
                        numbered as (select id, nextval('resource_version') as v from living)
                        update tasks set version = numbered.v,
                          desired = coalesce(tasks.desired, jsonb_build_object(
                              'taskId', tasks.id, 'cluster', tasks.cluster,
                              'installationId', (select installation_id from installation),
                              'desiredStatus', 'RUNNING'))
                            || jsonb_build_object('version', numbered.v,
                              'containerInstanceId', tasks.container_instance_id)
                          from numbered where numbered.id = tasks.id
                        """)
                    .setParameter(1, atMost)
                    .executeUpdate());
  }
}
