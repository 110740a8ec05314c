package dev.berth.api.adapter.persistence.fold;

import dev.berth.api.adapter.persistence.PostgresOutbox;
import dev.berth.api.application.events.EventFeed;
import dev.berth.api.application.fold.DecidedTasks;
import dev.berth.api.application.fold.FoldSignals;
import dev.berth.api.application.relay.RelayThread;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Wakes those who wait: in this process at once, in other replicas by NOTIFY. A wake-up may be
 * lost; everyone who waits also looks by itself now and then.
 */
@ApplicationScoped
public class DatabaseSignals implements FoldSignals {
  private static final Logger LOG = Logger.getLogger(DatabaseSignals.class);
  private static final String EVENTS = "berth_events";
  private static final String DECIDED = "berth_decided";

  /** A notification carries at most 8,000 bytes; an id has 32 and its comma. */
  private static final int IDS_PER_NOTIFICATION = 200;

  private static final Duration RECONNECT = Duration.ofMillis(500);
  private static final Duration MAX_RECONNECT = Duration.ofSeconds(5);

  private final Pool pool;
  private final EventFeed feed;
  private final DecidedTasks decidedTasks;
  private final RelayThread relay;
  private final AtomicBoolean notifying = new AtomicBoolean();
  private Cancellable listening;

  public DatabaseSignals(Pool pool, EventFeed feed, DecidedTasks decidedTasks, RelayThread relay) {
    this.pool = pool;
    this.feed = feed;
    this.decidedTasks = decidedTasks;
    this.relay = relay;
  }

  void start(@Observes StartupEvent event) {
    listening =
        Uni.createFrom()
            .deferred(this::listen)
            .onFailure()
            .invoke(e -> LOG.debugf("Listening ended, begins anew: %s", e.getMessage()))
            .onFailure()
            .retry()
            .withBackOff(RECONNECT, MAX_RECONNECT)
            .indefinitely()
            .subscribe()
            .with(ended -> LOG.debug("Listening ended"), e -> LOG.warn("Listening ended", e));
  }

  void stop(@Observes ShutdownEvent event) {
    listening.cancel();
  }

  @Override
  public void decided(Set<String> taskIds) {
    decidedTasks.decided(taskIds);
    List<String> ids = new ArrayList<>(taskIds);
    for (int from = 0; from < ids.size(); from += IDS_PER_NOTIFICATION) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + IDS_PER_NOTIFICATION));
      tell(DECIDED, String.join(",", some)).subscribe().with(done -> {}, this::lost);
    }
  }

  @Override
  public void eventsAppended() {
    feed.appended();
    relay.wake();
    if (notifying.compareAndSet(false, true)) {
      tell(EVENTS, "")
          .onTermination()
          .invoke(() -> notifying.set(false))
          .subscribe()
          .with(done -> {}, this::lost);
    }
  }

  private Uni<Void> tell(String channel, String payload) {
    return pool.preparedQuery("select pg_notify($1, $2)")
        .execute(Tuple.of(channel, payload))
        .replaceWithVoid();
  }

  private void lost(Throwable e) {
    LOG.debugf("A wake-up of other replicas was lost: %s", e.getMessage());
  }

  /** Listens until the connection is lost, which is a failure. */
  private Uni<Void> listen() {
    return pool.getConnection()
        .chain(
            connection -> listenOn(connection).onTermination().invoke(connection::closeAndForget));
  }

  private Uni<Void> listenOn(SqlConnection connection) {
    PgConnection session = PgConnection.cast(connection.getDelegate());
    return connection
        .query("listen " + PostgresOutbox.CHANNEL)
        .execute()
        .chain(() -> connection.query("listen " + EVENTS).execute())
        .chain(() -> connection.query("listen " + DECIDED).execute())
        .chain(
            () ->
                Uni.createFrom()
                    .<Void>emitter(
                        emitter -> {
                          session.notificationHandler(this::heard);
                          session.closeHandler(
                              closed -> emitter.fail(new IllegalStateException("connection lost")));
                          // What was told while nobody listened is looked for now.
                          relay.wake();
                          feed.appended();
                        }));
  }

  private void heard(PgNotification notification) {
    switch (notification.getChannel()) {
      case PostgresOutbox.CHANNEL -> relay.wake();
      case EVENTS -> {
        feed.appended();
        relay.wake();
      }
      case DECIDED -> decidedTasks.decided(List.of(notification.getPayload().split(",")));
      default -> LOG.debugf("Nobody waits for %s", notification.getChannel());
    }
  }
}
