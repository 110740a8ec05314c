package dev.berth.node.application;

import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.node.domain.task.TaskEvent;
import dev.berth.node.domain.task.TaskState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Holds back that a task is STOPPING, or STOPPED without having been that, until the journal has
 * it. Every status before can be seen at the engine again; this one would be forgotten by a process
 * that dies at once, and its successor would report RUNNING, or PENDING where no container was ever
 * made: the status would go back.
 */
final class StopNews {
  private static final Logger LOG = Logger.getLogger(StopNews.class);

  private final TaskJournal journal;
  private final Map<String, Boolean> kept = new ConcurrentHashMap<>();

  StopNews(TaskJournal journal) {
    this.journal = journal;
  }

  /** Tells a state if it may be told now; if not, its task is asked to report as soon as it may. */
  void tell(TaskActor actor, TaskState state, Runnable report) {
    if (state.lastStatus().compareTo(TaskLifecycle.STOPPING) < 0) {
      report.run();
      return;
    }
    Boolean known = kept.putIfAbsent(state.taskId(), false);
    if (known == null) {
      keep(actor, state);
    } else if (known) {
      report.run();
    }
  }

  private void keep(TaskActor actor, TaskState state) {
    journal
        .rememberDurably(state)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                // Better told and perhaps taken back than never told.
                LOG.warnf("Not journaled that %s stops: %s", state.taskId(), failure.getMessage());
              }
              if (kept.replace(state.taskId(), true) != null) {
                actor.tell(new TaskEvent.ReportLost());
              }
            });
  }

  void forget(String taskId) {
    kept.remove(taskId);
  }
}
