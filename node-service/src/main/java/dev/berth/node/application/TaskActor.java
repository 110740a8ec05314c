package dev.berth.node.application;

import dev.berth.node.domain.task.TaskEffect;
import dev.berth.node.domain.task.TaskEvent;
import dev.berth.node.domain.task.TaskState;
import dev.berth.node.domain.task.TaskTransitions;
import dev.berth.node.domain.task.Transition;
import java.time.Clock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * The one owner of a task: takes its events one after the other, whatever thread they come from,
 * and hands on what follows from each. It never waits for anything.
 */
final class TaskActor {
  private static final Logger LOG = Logger.getLogger(TaskActor.class);

  private final TaskTransitions transitions;
  private final Executor executor;
  private final Clock clock;
  private final Listener listener;
  private final Queue<TaskEvent> mailbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile TaskState state;

  /** Hears of each change, on the task's own thread. */
  interface Listener {
    /** The state changed; comes before the effects of the change. */
    void changed(TaskActor actor, TaskState before, TaskState after);

    /** Something is to be done; must not block. */
    void perform(TaskActor actor, TaskEffect effect);

    /** All effects of an event were handed on. */
    void settled(TaskActor actor);
  }

  TaskActor(
      TaskState state,
      TaskTransitions transitions,
      Executor executor,
      Clock clock,
      Listener listener) {
    this.state = state;
    this.transitions = transitions;
    this.executor = executor;
    this.clock = clock;
    this.listener = listener;
  }

  String taskId() {
    return state.taskId();
  }

  /** The newest state; may already be out of date. */
  TaskState state() {
    return state;
  }

  /** Puts an event in the mailbox. */
  void tell(TaskEvent event) {
    mailbox.add(event);
    if (waiting.getAndIncrement() == 0) {
      executor.execute(this::drain);
    }
  }

  private void drain() {
    MDC.put("taskId", taskId());
    try {
      int handled = 0;
      do {
        TaskEvent event = mailbox.remove();
        handle(event);
        handled = 1;
      } while (waiting.addAndGet(-handled) > 0);
    } finally {
      MDC.remove("taskId");
    }
  }

  private void handle(TaskEvent event) {
    try {
      TaskState before = state;
      Transition transition = transitions.apply(before, event, clock.instant());
      state = transition.state();
      LOG.debugf("%s -> %s, %s", event, transition.state().lastStatus(), transition.effects());
      if (!before.equals(transition.state())) {
        listener.changed(this, before, transition.state());
      }
      transition.effects().forEach(effect -> listener.perform(this, effect));
      listener.settled(this);
    } catch (RuntimeException e) {
      // One event that can't be handled must not stop the task's owner for good.
      LOG.errorf(e, "The event %s of task %s was not handled", event, taskId());
    }
  }
}
