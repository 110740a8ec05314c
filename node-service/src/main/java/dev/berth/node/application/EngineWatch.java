package dev.berth.node.application;

import dev.berth.node.domain.container.BerthLabels;
import dev.berth.node.domain.container.ContainerRunState;
import dev.berth.node.domain.container.ContainerSummary;
import dev.berth.node.domain.container.EngineEvent;
import dev.berth.node.domain.task.ContainerPhase;
import dev.berth.node.domain.task.ContainerProgress;
import dev.berth.node.domain.task.HolderProgress;
import dev.berth.node.domain.task.TaskEvent;
import dev.berth.node.domain.task.TaskState;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Follows the engine: its events make things quick, and comparing what it lists with what the tasks
 * believe makes them right.
 */
public final class EngineWatch {
  private static final Logger LOG = Logger.getLogger(EngineWatch.class);

  private final NodeIdentity node;
  private final ContainerEngine engine;
  private final TaskSupervisor supervisor;
  private final Workers workers;
  private final Consumer<Boolean> connected;
  private volatile boolean away;
  private ContainerEngine.Subscription subscription;

  /**
   * @param connected hears whether the engine answers, each time that may have changed
   */
  public EngineWatch(
      NodeIdentity node,
      ContainerEngine engine,
      TaskSupervisor supervisor,
      Workers workers,
      Consumer<Boolean> connected) {
    this.node = node;
    this.engine = engine;
    this.supervisor = supervisor;
    this.workers = workers;
    this.connected = connected;
  }

  /** Starts to follow the engine's events. */
  public synchronized void start() {
    if (subscription == null) {
      subscription = engine.events(NodeRecovery.ownLabels(node), this::heard);
    }
  }

  /** Ends the watch and leaves all containers as they are. */
  public synchronized void stop() {
    if (subscription != null) {
      subscription.close();
    }
  }

  /** Compares what the engine lists with what the tasks believe; for a timer. */
  public void reconcile() {
    workers
        .looks()
        .execute(
            () -> {
              try {
                compare(engine.list(NodeRecovery.ownLabels(node)));
              } catch (ContainerEngineException e) {
                if (!away) {
                  LOG.warnf("The containers can't be listed now: %s", e.getMessage());
                }
              }
            });
  }

  private void heard(EngineEvent event) {
    switch (event) {
      case EngineEvent.MayHaveMissed missed -> {
        away = false;
        connected.accept(true);
        reconcile();
      }
      case EngineEvent.Disconnected disconnected -> {
        if (!away) {
          LOG.warnf("The container engine can't be reached: %s", disconnected.reason());
        }
        away = true;
        connected.accept(false);
      }
      case EngineEvent.Died died -> died(died);
      case EngineEvent.HealthChanged health ->
          supervisor
              .find(health.labels().get(BerthLabels.TASK_ID))
              .ifPresent(
                  actor ->
                      EngineCalls.health(
                              health.labels().get(BerthLabels.CONTAINER_NAME), health.health())
                          .ifPresent(actor::tell));
      case EngineEvent.Started started -> {
        // A start is this node's own doing and answers for itself.
      }
      case EngineEvent.OutOfMemory outOfMemory -> {
        // The container may go on; if it doesn't, its end tells of the memory too.
      }
    }
  }

  private void died(EngineEvent.Died died) {
    supervisor
        .find(died.labels().get(BerthLabels.TASK_ID))
        .ifPresent(
            actor -> {
              if (BerthLabels.ROLE_HOLDER.equals(died.labels().get(BerthLabels.ROLE))) {
                holderEnded(actor, died.containerId());
              } else {
                supervisor.look(
                    actor, died.labels().get(BerthLabels.CONTAINER_NAME), died.containerId());
              }
            });
  }

  private static void holderEnded(TaskActor actor, String containerId) {
    HolderProgress holder = actor.state().holder();
    if (holder != null && containerId.equals(holder.runtimeId())) {
      actor.tell(new TaskEvent.HolderStopped());
    }
  }

  private void compare(List<ContainerSummary> listed) {
    Map<String, ContainerRunState> states =
        listed.stream()
            .collect(Collectors.toMap(ContainerSummary::id, ContainerSummary::state, (a, b) -> a));
    for (TaskActor actor : supervisor.all()) {
      TaskState state = actor.state();
      for (ContainerProgress container : state.containers().values()) {
        // What runs is looked at anyway: its health isn't listed.
        if (container.phase() == ContainerPhase.RUNNING
            || (container.phase() == ContainerPhase.CREATED
                && states.get(container.runtimeId()) != ContainerRunState.CREATED)) {
          supervisor.look(actor, container.name(), container.runtimeId());
        }
      }
      HolderProgress holder = state.holder();
      if (holder != null
          && holder.phase() == HolderProgress.Phase.READY
          && states.get(holder.runtimeId()) != ContainerRunState.RUNNING) {
        actor.tell(new TaskEvent.HolderStopped());
      }
    }
  }
}
