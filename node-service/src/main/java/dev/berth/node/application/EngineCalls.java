package dev.berth.node.application;

import dev.berth.node.application.ContainerEngineException.Kind;
import dev.berth.node.domain.container.ContainerHealth;
import dev.berth.node.domain.container.ContainerRunState;
import dev.berth.node.domain.container.ContainerSnapshot;
import dev.berth.node.domain.container.ContainerSpec;
import dev.berth.node.domain.container.ContainerSummary;
import dev.berth.node.domain.container.ImageRequest;
import dev.berth.node.domain.container.ImageState;
import dev.berth.node.domain.container.NetworkHolder;
import dev.berth.node.domain.container.TaskContainers;
import dev.berth.node.domain.container.VolumePlan;
import dev.berth.node.domain.task.TaskEvent;
import dev.berth.node.domain.task.TaskHealth;
import dev.berth.node.domain.task.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * What the engine is asked for on behalf of a task, and what its answer means to the task. Each
 * method blocks, and throws {@link ContainerEngineException} of kind UNAVAILABLE when nothing is
 * known and it has to be called again.
 */
final class EngineCalls {
  private static final Logger LOG = Logger.getLogger(EngineCalls.class);

  /** How an engine shows a process that was killed. */
  private static final int KILLED = 137;

  private final ContainerEngine engine;
  private final Clock clock;

  EngineCalls(ContainerEngine engine, Clock clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /**
   * Sees to it that an image is there.
   *
   * @param seen hears how far its pull has come, where there has to be one
   */
  TaskEvent pull(String container, ImageRequest request, Consumer<TaskEvent> seen) {
    PullNews news = new PullNews(container, clock, seen);
    try {
      ImageState image =
          engine.ensureImage(
              request,
              progress -> {
                LOG.infof("%s: %s", request.image(), progress);
                news.progress(progress);
              });
      news.done();
      return new TaskEvent.ImageReady(container, image.digest());
    } catch (ContainerEngineException e) {
      TaskEvent failure = failed(e, new TaskEvent.ImageFailed(container, e.getMessage()));
      news.failed(e.getMessage());
      return failure;
    }
  }

  TaskEvent startHolder(TaskPlan plan) {
    try {
      NetworkHolder holder = engine.createNetworkHolder(plan.containers().holder().orElseThrow());
      return new TaskEvent.HolderReady(
          holder.containerId(), holder.ipv4Address(), holder.macAddress());
    } catch (ContainerEngineException e) {
      return failed(e, new TaskEvent.HolderFailed(e.getMessage()));
    }
  }

  TaskEvent stopHolder(String runtimeId) {
    engine.remove(runtimeId);
    return new TaskEvent.HolderStopped();
  }

  TaskEvent create(String container, TaskPlan plan) {
    ContainerSpec spec = plan.containers().containers().get(container);
    try {
      for (VolumePlan volume : plan.containers().volumes()) {
        prepare(volume);
      }
      return new TaskEvent.Created(container, engine.create(spec));
    } catch (ContainerEngineException e) {
      if (e.kind() == Kind.CONFLICT || e.kind() == Kind.TIMEOUT) {
        // The name is this task's alone: what has it was created by an earlier attempt.
        Optional<ContainerSnapshot> existing = engine.inspect(spec.name());
        if (existing.isPresent()) {
          return new TaskEvent.Created(container, existing.get().id());
        }
      }
      return failed(e, new TaskEvent.CreateFailed(container, e.getMessage()));
    }
  }

  private void prepare(VolumePlan volume) {
    if (!volume.mustExist()) {
      engine.createVolume(volume.volume());
    } else if (!engine.volumeExists(volume.volume().name())) {
      throw new ContainerEngineException(
          Kind.NOT_FOUND,
          "CannotCreateVolumeError: there is no volume "
              + volume.volume().name()
              + ", and the task definition does not ask for it to be made (autoprovision)",
          null);
    }
  }

  /**
   * Starts a container.
   *
   * @param task the task's state when the start was decided
   */
  TaskEvent start(TaskState task, String container, String runtimeId) {
    Instant lastEnd = task.containers().get(container).finishedAt();
    ContainerEngineException failure = null;
    try {
      engine.start(runtimeId);
    } catch (ContainerEngineException e) {
      if (e.kind() == Kind.UNAVAILABLE) {
        throw e;
      }
      failure = e;
    }
    Optional<ContainerSnapshot> seen = engine.inspect(runtimeId);
    if (seen.isEmpty()) {
      return new TaskEvent.Vanished(container);
    }
    ContainerSnapshot snapshot = seen.get();
    if (snapshot.state() == ContainerRunState.RUNNING) {
      return new TaskEvent.Started(
          container,
          snapshot.id(),
          TaskContainers.bindings(
              task.assigned().taskDefinition(), task.definition(container), snapshot),
          orNow(snapshot.startedAt()));
    }
    boolean ran =
        snapshot.startedAt() != null
            && snapshot.finishedAt() != null
            && (lastEnd == null || snapshot.finishedAt().isAfter(lastEnd));
    if (ran) {
      return exited(container, snapshot);
    }
    String reason =
        failure != null ? failure.getMessage() : "CannotStartContainerError: " + snapshot.error();
    return new TaskEvent.StartFailed(container, reason, snapshot.exitCode());
  }

  TaskEvent stop(String container, String runtimeId, Duration timeout) {
    engine.stop(runtimeId, timeout);
    Optional<ContainerSnapshot> seen = engine.inspect(runtimeId);
    if (seen.isEmpty()) {
      return new TaskEvent.Vanished(container);
    }
    if (seen.get().state() == ContainerRunState.RUNNING) {
      throw new ContainerEngineException(
          Kind.UNAVAILABLE, "Container " + runtimeId + " runs on after it was stopped", null);
    }
    return exited(container, seen.get());
  }

  /** Looks at a container that ought to exist. */
  Optional<TaskEvent> look(String container, String runtimeId) {
    Optional<ContainerSnapshot> seen = engine.inspect(runtimeId);
    if (seen.isEmpty()) {
      return Optional.of(new TaskEvent.Vanished(container));
    }
    ContainerSnapshot snapshot = seen.get();
    return switch (snapshot.state()) {
      case CREATED -> Optional.empty();
      case RUNNING -> health(container, snapshot.health());
      case EXITED ->
          snapshot.startedAt() == null
              ? Optional.empty()
              : Optional.of(exited(container, snapshot));
    };
  }

  static Optional<TaskEvent> health(String container, ContainerHealth health) {
    return health == null
        ? Optional.empty()
        : Optional.of(new TaskEvent.HealthSeen(container, TaskHealth.seen(health)));
  }

  /**
   * Removes what a task left behind.
   *
   * @param labels those that all containers of the task have
   */
  TaskEvent cleanUp(Map<String, String> labels, TaskPlan plan) {
    for (ContainerSummary container : engine.list(labels)) {
      engine.remove(container.id());
    }
    for (VolumePlan volume : plan.containers().volumes()) {
      if (volume.removeWithTask()) {
        engine.removeVolume(volume.volume().name());
      }
    }
    return new TaskEvent.CleanedUp();
  }

  private TaskEvent exited(String container, ContainerSnapshot snapshot) {
    return new TaskEvent.Exited(
        container,
        snapshot.exitCode() == null ? KILLED : snapshot.exitCode(),
        snapshot.outOfMemory(),
        snapshot.startedAt(),
        orNow(snapshot.finishedAt()));
  }

  private Instant orNow(Instant time) {
    return time == null ? clock.instant() : time;
  }

  private static TaskEvent failed(ContainerEngineException e, TaskEvent event) {
    if (e.kind() == Kind.UNAVAILABLE) {
      throw e;
    }
    return event;
  }
}
