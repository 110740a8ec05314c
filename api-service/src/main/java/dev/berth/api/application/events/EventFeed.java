package dev.berth.api.application.events;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Follows the public events. A follower pulls: it reads what is stored after its position, and
 * waits only when there is nothing; so there is no seam between replay and live, and a slow
 * follower costs nobody anything.
 */
@ApplicationScoped
public class EventFeed {
  private static final Logger LOG = Logger.getLogger(EventFeed.class);
  private static final int PAGE = 200;

  /** How long a follower waits for a wake-up before it looks by itself. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final StoredEvents events;
  private final AtomicReference<CompletableFuture<Void>> next =
      new AtomicReference<>(new CompletableFuture<>());

  public EventFeed(StoredEvents events) {
    this.events = events;
  }

  /** Wakes the followers that wait. */
  public void appended() {
    next.getAndSet(new CompletableFuture<>()).complete(null);
  }

  /**
   * Follows events for ever; an empty list says that nothing happened for a while.
   *
   * @param after the position to go on after; null begins with what happens from now on
   * @param cluster only events of this cluster; null for all
   * @param quiet after how long an empty list is given
   */
  public Multi<List<StoredEvent>> follow(Long after, String cluster, Duration quiet) {
    Uni<Long> start = after == null ? events.newest() : Uni.createFrom().item(after);
    return start
        .onItem()
        .transformToMulti(
            position -> {
              Follower follower = new Follower(position, cluster, quiet);
              return Multi.createBy().repeating().uni(() -> follower, this::next).indefinitely();
            });
  }

  private Uni<List<StoredEvent>> next(Follower follower) {
    return look(follower, System.nanoTime() + follower.quiet.toNanos());
  }

  private Uni<List<StoredEvent>> look(Follower follower, long quietAt) {
    // Taken before looking, so that what is appended in between wakes this follower.
    CompletableFuture<Void> appended = next.get();
    return events
        .after(follower.position, follower.cluster, PAGE)
        .onFailure()
        .invoke(e -> LOG.debugf(e, "Reading public events failed; tried again"))
        .onFailure()
        .recoverWithItem(List.of())
        .chain(
            page -> {
              if (!page.isEmpty()) {
                follower.position = page.getLast().position();
                return Uni.createFrom().item(page);
              }
              return waitThenLook(follower, appended, quietAt);
            });
  }

  private Uni<List<StoredEvent>> waitThenLook(
      Follower follower, CompletableFuture<Void> appended, long quietAt) {
    long left = quietAt - System.nanoTime();
    if (left <= 0) {
      return Uni.createFrom().item(List.of());
    }
    return Uni.createFrom()
        .completionStage(appended::copy)
        .ifNoItem()
        .after(Duration.ofNanos(Math.min(left, LOOK_EVERY.toNanos())))
        .recoverWithItem(() -> null)
        .chain(() -> look(follower, quietAt));
  }

  private static final class Follower {
    private final String cluster;
    private final Duration quiet;
    private long position;

    Follower(long position, String cluster, Duration quiet) {
      this.position = position;
      this.cluster = cluster;
      this.quiet = quiet;
    }
  }
}
