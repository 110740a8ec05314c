package dev.berth.node.application;

import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.node.domain.task.TaskEvent;
import dev.berth.node.domain.task.TaskState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Holds back until the journal has it what a process that dies at once would forget, and the engine
 * doesn't show again. That a task is PENDING before it has a container: where the log was replaced
 * meanwhile, nobody would be left who knows of the task and ends it. That it is STOPPING, or
 * STOPPED without having been that: the next process would report RUNNING, or PENDING, and the
 * status would go back.
 */
final class KeptNews {
  private static final Logger LOG = Logger.getLogger(KeptNews.class);

  /** Whether the journal has the news yet, or is being asked to take it. */
  private final Map<News, Boolean> kept = new ConcurrentHashMap<>();

  private final TaskJournal journal;

  private record News(String taskId, boolean ofItsEnd) {}

  KeptNews(TaskJournal journal) {
    this.journal = journal;
  }

  /** Tells a state if it may be told now; if not, its task is asked to report as soon as it may. */
  void tell(TaskActor actor, TaskState state, Runnable report) {
    if (isShownByTheEngine(state.lastStatus())) {
      report.run();
      return;
    }
    News news = new News(state.taskId(), state.lastStatus().compareTo(TaskLifecycle.STOPPING) >= 0);
    Boolean known = kept.putIfAbsent(news, false);
    if (known == null) {
      keep(news, actor, state);
    } else if (known) {
      report.run();
    }
  }

  private static boolean isShownByTheEngine(TaskLifecycle status) {
    return status.compareTo(TaskLifecycle.PENDING) > 0
        && status.compareTo(TaskLifecycle.STOPPING) < 0;
  }

  private void keep(News news, TaskActor actor, TaskState state) {
    journal
        .rememberDurably(state)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                // Better told and perhaps taken back than never told.
                LOG.warnf(
                    "Not journaled that %s is %s: %s",
                    state.taskId(), state.lastStatus(), failure.getMessage());
              }
              if (kept.replace(news, true) != null) {
                actor.tell(new TaskEvent.ReportLost());
              }
            });
  }

  void forget(String taskId) {
    kept.remove(new News(taskId, false));
    kept.remove(new News(taskId, true));
  }
}
