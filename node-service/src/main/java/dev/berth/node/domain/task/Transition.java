package dev.berth.node.domain.task;

import java.util.List;

/** What an event made of a task's state, and what is to be done about it, in order. */
public record Transition(TaskState state, List<TaskEffect> effects) {
  public Transition {
    effects = List.copyOf(effects);
  }
}
