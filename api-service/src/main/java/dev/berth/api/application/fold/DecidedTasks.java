package dev.berth.api.application.fold;

import dev.berth.api.application.port.VerdictWaiter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Lets callers wait until tasks are decided about: woken by the folds of this process at once, by
 * those of other replicas through the database, and by looking now and then in case a wake-up was
 * lost.
 */
@ApplicationScoped
public class DecidedTasks implements VerdictWaiter {
  private static final Logger LOG = Logger.getLogger(DecidedTasks.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /** Most verdicts have come by then, and cost no look; those of a repeated call wait this long. */
  private static final Duration FIRST_LOOK = Duration.ofMillis(50);

  private final DecisionRows rows;
  private final ConcurrentHashMap<String, Wait> waits = new ConcurrentHashMap<>();

  public DecidedTasks(DecisionRows rows) {
    this.rows = rows;
  }

  @Override
  public Uni<Void> await(Collection<String> taskIds, Duration atMost) {
    return Uni.createFrom().deferred(() -> begin(Set.copyOf(taskIds), atMost));
  }

  /** Wakes who waits for these tasks. */
  public void decided(Collection<String> taskIds) {
    for (String id : taskIds) {
      Wait wait = waits.remove(id);
      if (wait != null) {
        wait.decided(id);
      }
    }
  }

  private Uni<Void> begin(Set<String> taskIds, Duration atMost) {
    if (taskIds.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Wait wait = new Wait(taskIds);
    taskIds.forEach(id -> waits.put(id, wait));
    Cancellable looking =
        Multi.createFrom()
            .ticks()
            .startingAfter(FIRST_LOOK)
            .every(LOOK_EVERY)
            .onOverflow()
            .drop()
            .onItem()
            .transformToUniAndConcatenate(tick -> rows.decided(wait.open()))
            .onFailure()
            .invoke(e -> LOG.debugf(e, "Looking for verdicts failed"))
            .onFailure()
            .retry()
            .withBackOff(LOOK_EVERY)
            .indefinitely()
            .subscribe()
            .with(this::decided, e -> LOG.warn("Looking for verdicts ended", e));
    return onCallersContext(
        Uni.createFrom()
            .completionStage(wait.done)
            .ifNoItem()
            .after(atMost)
            .recoverWithItem(() -> null)
            .onTermination()
            .invoke(
                () -> {
                  looking.cancel();
                  taskIds.forEach(id -> waits.remove(id, wait));
                }));
  }

  /** What follows may use a session of the request, which is bound to its Vert.x context. */
  private static Uni<Void> onCallersContext(Uni<Void> uni) {
    Context context = Vertx.currentContext();
    return context == null ? uni : uni.emitOn(task -> context.runOnContext(v -> task.run()));
  }

  /** One caller with the tasks it still waits for. */
  private static final class Wait {
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Wait(Set<String> taskIds) {
      open.addAll(taskIds);
    }

    Set<String> open() {
      return Set.copyOf(open);
    }

    void decided(String taskId) {
      open.remove(taskId);
      if (open.isEmpty()) {
        done.complete(null);
      }
    }
  }
}
