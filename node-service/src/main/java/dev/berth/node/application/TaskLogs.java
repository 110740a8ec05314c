package dev.berth.node.application;

import dev.berth.node.application.ContainerEngine.Subscription;
import dev.berth.node.domain.container.BerthLabels;
import dev.berth.node.domain.container.ContainerRunState;
import dev.berth.node.domain.container.ContainerSummary;
import dev.berth.node.domain.container.LogLine;
import dev.berth.node.domain.container.LogRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Reads what the containers of a task wrote. The containers are found by their labels, so this
 * works for tasks that the node itself has forgotten.
 */
@ApplicationScoped
public class TaskLogs {
  private final ContainerEngine engine;
  private final Clock clock;

  @Inject
  public TaskLogs(ContainerEngine engine, Clock clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /**
   * The names of the task's containers that exist, in the order of their creation; empty when this
   * machine has none.
   *
   * @throws ContainerEngineException when the engine can't say
   */
  public List<String> containers(String taskId) {
    return find(taskId).stream().map(TaskLogs::nameOf).toList();
  }

  /**
   * Reads the logs of a task's containers until each has ended, merged by arrival: within a
   * container the order is its own.
   *
   * @param only names of the containers to read; empty for all
   * @param sink gets a container's name and a line, from one thread at a time; it may block, which
   *     holds the reading back
   */
  public Subscription read(
      String taskId, Set<String> only, LogRequest request, BiConsumer<String, LogLine> sink) {
    Reading reading = new Reading(taskId, Set.copyOf(only), request, sink);
    reading.openNew();
    return reading;
  }

  private List<ContainerSummary> find(String taskId) {
    return engine
        .list(Map.of(BerthLabels.TASK_ID, taskId, BerthLabels.ROLE, BerthLabels.ROLE_CONTAINER))
        .reversed();
  }

  private static String nameOf(ContainerSummary container) {
    return container.labels().getOrDefault(BerthLabels.CONTAINER_NAME, container.name());
  }

  private final class Reading implements Subscription {
    private final String taskId;
    private final Set<String> only;
    private final LogRequest request;
    private final BiConsumer<String, LogLine> sink;
    private final Set<String> opened = new HashSet<>();
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int running;

    Reading(String taskId, Set<String> only, LogRequest request, BiConsumer<String, LogLine> sink) {
      this.taskId = taskId;
      this.only = only;
      this.request = request;
      this.sink = sink;
    }

    /** Opens the logs of containers that aren't read yet; ends when there is none to wait for. */
    void openNew() {
      // Counted like a read, or the first log's end could be taken for the end of all.
      begin();
      try {
        for (ContainerSummary container : find(taskId)) {
          open(container);
        }
      } catch (ContainerEngineException e) {
        done.completeExceptionally(e);
      }
      finish();
    }

    private synchronized void begin() {
      running++;
    }

    private void finish() {
      synchronized (this) {
        running--;
        if (running > 0) {
          return;
        }
      }
      done.complete(null);
    }

    private void open(ContainerSummary container) {
      String name = nameOf(container);
      boolean wanted = only.isEmpty() || only.contains(name);
      // A container that was never started has no log yet; one that will be is found later.
      if (!wanted || container.state() == ContainerRunState.CREATED) {
        return;
      }
      synchronized (this) {
        if (!opened.add(container.id())) {
          return;
        }
      }
      begin();
      Subscription read = engine.logs(container.id(), request, line -> accept(name, line));
      open.add(read);
      if (done.isDone()) {
        read.close();
      }
      CompletableFuture<Void> unused =
          read.done().handle((nothing, failure) -> ended(name, read, failure));
    }

    private synchronized void accept(String container, LogLine line) {
      if (!done.isDone()) {
        sink.accept(container, line);
      }
    }

    private Void ended(String name, Subscription read, Throwable failure) {
      open.remove(read);
      if (failure != null) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        Throwable shown = cause instanceof ContainerEngineException ? cause : failure;
        Instant now = clock.instant();
        accept(name, new LogLine(now, "stderr", "[berth] no log: " + shown.getMessage()));
      }
      if (request.follow() && !done.isDone()) {
        // A container that waited for this one has perhaps started since.
        openNew();
      }
      finish();
      return null;
    }

    @Override
    public CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public void close() {
      done.complete(null);
      open.forEach(Subscription::close);
    }
  }
}
