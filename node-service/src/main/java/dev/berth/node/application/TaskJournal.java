package dev.berth.node.application;

import dev.berth.contracts.task.TaskStatus;
import dev.berth.node.domain.task.TaskState;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What a node must not forget when its process ends: which containers it was about to create, and
 * which tasks are over. Calls never block and may come from any thread; the newest state of a task
 * replaces the one before.
 */
public interface TaskJournal {

  /** What was read when the journal was opened. */
  Contents contents();

  /** Keeps a state, soon. What is lost of it when the process dies can be seen at the engine. */
  void remember(TaskState state);

  /**
   * Keeps a state for good.
   *
   * @return completes once it is on stable storage, exceptionally when it can't be written
   */
  CompletionStage<Void> rememberDurably(TaskState state);

  /** Forgets a task's state and keeps how it ended, so that it is never run a second time. */
  void finish(TaskStatus last);

  /**
   * A journal's contents.
   *
   * @param tasks tasks that had not been forgotten
   * @param finished the last status of tasks that had, the oldest first
   */
  record Contents(List<TaskState> tasks, List<TaskStatus> finished) {
    public Contents {
      tasks = List.copyOf(tasks);
      finished = List.copyOf(finished);
    }
  }
}
