package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.scheduler.domain.state.ClusterState;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.Subject;
import dev.berth.scheduler.domain.state.TaskState;
import java.time.Instant;

/**
 * After an emptied log nobody remembers what was placed. What existed before waits until each
 * container instance has told all it runs, or is lost; what is new only goes to those that have.
 * Until then every decision says so, so that a leader that takes over in between waits, too.
 */
final class Recovery {
  private Recovery() {}

  /** Whether something made at {@code createdAt} has to wait. */
  static boolean holdsBack(Planning planning, Instant createdAt) {
    return planning.state().hearing().mayHaveForgotten(createdAt);
  }

  /** Sees which instances are accounted for, and ends the recovery once all are. */
  static void look(Planning planning) {
    ClusterState state = planning.state();
    if (!state.hearing().isRecovering()) {
      return;
    }
    accountFor(state);
    if (state.desired() == null) {
      // Without api-service's word nobody knows which instances there are to wait for.
      state.hearing().recoverFrom(planning.now());
      return;
    }
    Instant earliest = state.hearing().recoveringSince().plus(planning.settings().recoveryWait());
    if (planning.now().isBefore(earliest)) {
      // Any subject's look will do: the end of the recovery has everything looked at.
      state.services().stream()
          .findFirst()
          .ifPresent(one -> planning.lookAgain(new Subject.OfService(one.name()), earliest));
      state.tasks().stream()
          .findFirst()
          .ifPresent(one -> planning.lookAgain(new Subject.OfTask(one.taskId()), earliest));
      return;
    }
    // What an instance lists but tells nothing of has ended long ago: its containers are kept for
    // their logs only. A silent instance would have been lost by then.
    boolean listedIsEnough =
        planning.now().isAfter(earliest.plus(planning.settings().instanceLostAfter()));
    for (InstanceState instance : state.instances()) {
      if (!isAccountedFor(state, instance, listedIsEnough)) {
        return;
      }
    }
    state.recovered();
  }

  private static void accountFor(ClusterState state) {
    boolean more = false;
    for (InstanceState instance : state.instances()) {
      more |= instance.accountFor(isAccountedFor(state, instance, false));
    }
    if (more) {
      state.attention().moreRoom();
    }
  }

  private static boolean isAccountedFor(
      ClusterState state, InstanceState instance, boolean listedIsEnough) {
    if (instance.isLost() || instance.wanted() == InstanceStatusName.INACTIVE) {
      return true;
    }
    if (instance.status() == null) {
      return instance.desired() == null;
    }
    if (listedIsEnough) {
      return true;
    }
    for (String taskId : instance.status().tasks()) {
      TaskState task = state.task(taskId);
      if (task == null || !isSeen(task)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSeen(TaskState task) {
    return task.status() != null || isClosed(task);
  }

  private static boolean isClosed(TaskState task) {
    return task.assignment() != null
        && task.assignment().desiredStatus() == TaskLifecycle.STOPPED
        && !task.isPlaced();
  }
}
