package dev.berth.node.adapter.journal;

import dev.berth.contracts.task.TaskStatus;
import dev.berth.node.domain.task.TaskState;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** One record of the journal: the state of a task, or, once it is forgotten, how it ended. */
@RegisterForReflection
record JournalEntry(String taskId, TaskState state, TaskStatus finished) {
  static JournalEntry of(TaskState state) {
    return new JournalEntry(state.taskId(), state, null);
  }

  static JournalEntry of(TaskStatus finished) {
    return new JournalEntry(finished.taskId(), null, finished);
  }
}
