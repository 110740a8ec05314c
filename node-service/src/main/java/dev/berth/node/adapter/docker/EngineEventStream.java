package dev.berth.node.adapter.docker;

import com.github.dockerjava.api.model.Event;
import dev.berth.node.application.ContainerEngine.Subscription;
import dev.berth.node.domain.container.ContainerHealth;
import dev.berth.node.domain.container.EngineEvent;
import java.io.Closeable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Docker's events, connected again whenever the engine ends them, until closed. */
final class EngineEventStream implements Subscription {
  private static final Logger LOG = Logger.getLogger(EngineEventStream.class);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  /** Events of the last seconds are asked for again, since connecting takes a moment itself. */
  private static final long OVERLAP_SECONDS = 3;

  private final DockerConnection docker;
  private final Map<String, String> labels;
  private final Consumer<EngineEvent> listener;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Connection connected;

  EngineEventStream(
      DockerConnection docker, Map<String, String> labels, Consumer<EngineEvent> listener) {
    this.docker = docker;
    this.labels = labels;
    this.listener = listener;
  }

  EngineEventStream start() {
    Thread.ofPlatform().daemon().name("docker-events").start(this::followForEver);
    return this;
  }

  private void followForEver() {
    long pause = FIRST_PAUSE_MILLIS;
    try {
      do {
        Connection connection = new Connection();
        connected = connection;
        String reason = "the engine ended the stream";
        try {
          docker
              .patient()
              .eventsCmd()
              .withLabelFilter(labels)
              .withEventTypeFilter("container")
              .withEventFilter("start", "die", "oom", "health_status")
              .withSince(Long.toString(Instant.now().getEpochSecond() - OVERLAP_SECONDS))
              .exec(connection)
              .await();
        } catch (RuntimeException e) {
          reason = DockerErrors.translate("events", e).getMessage();
        }
        if (connection.wasOpen) {
          pause = FIRST_PAUSE_MILLIS;
        }
        if (closed.getCount() > 0) {
          tell(new EngineEvent.Disconnected(reason));
        }
        boolean ended = closed.await(pause, TimeUnit.MILLISECONDS);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        if (ended) {
          break;
        }
      } while (closed.getCount() > 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      done.complete(null);
    }
  }

  private void tell(EngineEvent event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      // One event that can't be handled must not end the stream; the reconcile sees the same.
      LOG.errorf(e, "a Docker event could not be handled: %s", event);
    }
  }

  @Override
  public CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void close() {
    closed.countDown();
    Connection current = connected;
    if (current != null) {
      current.close();
    }
  }

  private final class Connection extends StreamCallback<Event> {
    private volatile boolean wasOpen;

    @Override
    public void onStart(Closeable stream) {
      super.onStart(stream);
      wasOpen = true;
      if (closed.getCount() == 0) {
        close();
      } else {
        tell(new EngineEvent.MayHaveMissed());
      }
    }

    @Override
    public void onNext(Event event) {
      read(event).ifPresent(EngineEventStream.this::tell);
    }
  }

  private static Optional<EngineEvent> read(Event event) {
    String action = event.getAction() == null ? "" : event.getAction();
    String id = event.getActor() == null ? event.getId() : event.getActor().getId();
    if (id == null) {
      return Optional.empty();
    }
    Map<String, String> attributes =
        event.getActor() == null || event.getActor().getAttributes() == null
            ? Map.of()
            : event.getActor().getAttributes();
    Instant at =
        event.getTimeNano() == null
            ? Instant.ofEpochSecond(event.getTime())
            : Instant.ofEpochSecond(0, event.getTimeNano());
    if (action.startsWith("health_status:")) {
      ContainerHealth health =
          Snapshots.health(action.substring("health_status:".length()).strip());
      return health == null
          ? Optional.empty()
          : Optional.of(new EngineEvent.HealthChanged(id, attributes, health, at));
    }
    return switch (action) {
      case "start" -> Optional.of(new EngineEvent.Started(id, attributes, at));
      case "oom" -> Optional.of(new EngineEvent.OutOfMemory(id, attributes, at));
      case "die" ->
          Optional.of(
              new EngineEvent.Died(
                  id, attributes, Integer.parseInt(attributes.getOrDefault("exitCode", "-1")), at));
      default -> Optional.empty();
    };
  }
}
