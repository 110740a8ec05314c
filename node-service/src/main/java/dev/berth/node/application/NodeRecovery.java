package dev.berth.node.application;

import dev.berth.contracts.task.TaskAssigned;
import dev.berth.node.domain.container.BerthLabels;
import dev.berth.node.domain.container.ContainerSnapshot;
import dev.berth.node.domain.container.ContainerSummary;
import dev.berth.node.domain.task.StrayTask;
import dev.berth.node.domain.task.TaskEvent;
import dev.berth.node.domain.task.TaskState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Puts a new process in the place of the one before: what the journal remembers and what the engine
 * has, found by labels, together become the node's tasks. Nothing is created, stopped or removed,
 * except what is left of tasks whose end was reported long ago.
 */
public final class NodeRecovery {
  private static final Logger LOG = Logger.getLogger(NodeRecovery.class);

  private final NodeIdentity node;
  private final ContainerEngine engine;
  private final TaskJournal journal;
  private final TaskSupervisor supervisor;

  public NodeRecovery(
      NodeIdentity node, ContainerEngine engine, TaskJournal journal, TaskSupervisor supervisor) {
    this.node = node;
    this.engine = engine;
    this.journal = journal;
    this.supervisor = supervisor;
  }

  /** What all containers of this node have. */
  static Map<String, String> ownLabels(NodeIdentity node) {
    return Map.of(
        BerthLabels.INSTALLATION_ID, node.installationId(),
        BerthLabels.CONTAINER_INSTANCE, node.containerInstanceId());
  }

  /**
   * Adopts all tasks. Blocks.
   *
   * @throws ContainerEngineException if the engine can't be asked; then nothing was done and it may
   *     be called again
   */
  public void recover() {
    Map<String, Found> found = find();
    journal.contents().finished().forEach(supervisor::rememberFinished);
    for (TaskState state : journal.contents().tasks()) {
      Found of = found.remove(state.taskId());
      supervisor.adopt(state.restored(), of == null ? nothing() : of.observed());
    }
    found.forEach(this::unknown);
    LOG.infof(
        "Adopted %d tasks of the journal; %d more had containers without being in it",
        journal.contents().tasks().size(), found.size());
  }

  private void unknown(String taskId, Found found) {
    if (supervisor.isFinished(taskId)) {
      LOG.infof("Removing what is left of the finished task %s", taskId);
      found.summaries.forEach(container -> engine.remove(container.id()));
      return;
    }
    LOG.warnf("Task %s has containers but is not in the journal: kept and reported", taskId);
    TaskAssigned assigned = StrayTask.assignment(found.labels(), found.containers);
    supervisor.adopt(TaskState.accepted(assigned, found.holder != null), found.observed());
  }

  private Map<String, Found> find() {
    Map<String, Found> found = new TreeMap<>();
    for (ContainerSummary summary : engine.list(ownLabels(node))) {
      String taskId = summary.labels().get(BerthLabels.TASK_ID);
      if (taskId != null) {
        found.computeIfAbsent(taskId, id -> new Found()).summaries.add(summary);
      }
    }
    found.values().parallelStream()
        .forEach(
            of -> of.summaries.forEach(s -> engine.inspect(s.id()).ifPresent(c -> of.add(s, c))));
    return found;
  }

  private static TaskEvent.Observed nothing() {
    return new TaskEvent.Observed(Map.of(), null);
  }

  /** What the engine has of one task. */
  private static final class Found {
    private final List<ContainerSummary> summaries = new java.util.ArrayList<>();
    private final Map<String, ContainerSnapshot> containers = new HashMap<>();
    private ContainerSnapshot holder;

    void add(ContainerSummary summary, ContainerSnapshot snapshot) {
      if (BerthLabels.ROLE_HOLDER.equals(summary.labels().get(BerthLabels.ROLE))) {
        holder = snapshot;
      } else {
        containers.put(summary.labels().get(BerthLabels.CONTAINER_NAME), snapshot);
      }
    }

    Map<String, String> labels() {
      return containers.isEmpty()
          ? summaries.get(0).labels()
          : containers.values().iterator().next().labels();
    }

    TaskEvent.Observed observed() {
      return new TaskEvent.Observed(containers, holder);
    }
  }
}
