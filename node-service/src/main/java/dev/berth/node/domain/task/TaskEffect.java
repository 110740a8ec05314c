package dev.berth.node.domain.task;

import java.time.Duration;
import java.util.Set;

/** Something to be done for a task; each result comes back as a {@link TaskEvent}. */
public sealed interface TaskEffect {

  /** Answered by {@link TaskEvent.ImageReady} or {@link TaskEvent.ImageFailed}. */
  record PullImage(String container) implements TaskEffect {}

  /** Answered by {@link TaskEvent.HolderReady} or {@link TaskEvent.HolderFailed}. */
  record StartHolder() implements TaskEffect {}

  /** Make the state durable; answered by {@link TaskEvent.Journaled} with these names. */
  record Journal(Set<String> containers) implements TaskEffect {
    public Journal {
      containers = Set.copyOf(containers);
    }
  }

  /** Answered by {@link TaskEvent.Created} or {@link TaskEvent.CreateFailed}. */
  record Create(String container) implements TaskEffect {}

  /**
   * Answered by {@link TaskEvent.Started}, {@link TaskEvent.StartFailed} or {@link
   * TaskEvent.Exited}.
   */
  record Start(String container, String runtimeId) implements TaskEffect {}

  /** Answered by {@link TaskEvent.Exited} or {@link TaskEvent.Vanished}. */
  record Stop(String container, String runtimeId, Duration timeout) implements TaskEffect {}

  /** Answered by {@link TaskEvent.HolderStopped}. */
  record StopHolder(String runtimeId) implements TaskEffect {}

  /** Write the task's status. */
  record Report() implements TaskEffect {}

  /** Remove the stopped task's containers, holder and volumes: {@link TaskEvent.CleanedUp}. */
  record CleanUp() implements TaskEffect {}

  /** Nobody needs the task any more: delete its status and forget it. */
  record Forget() implements TaskEffect {}
}
