package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.TaskState;
import java.util.List;

/** Moves one task on: in, through its targets, out, and out of memory. */
final class TaskFlow {
  private static final String FORGOTTEN_REASON =
      "The log was emptied, and its container instance didn't tell of it again.";

  private final Planning planning;
  private final Orders orders;
  private final TargetFlow targets;
  private final OneOffPlacement oneOffs;
  private final StartRecord starts;

  TaskFlow(Planning planning, Orders orders) {
    this.planning = planning;
    this.orders = orders;
    this.targets = new TargetFlow(planning, orders);
    this.oneOffs = new OneOffPlacement(planning, orders);
    this.starts = new StartRecord(planning);
  }

  void look(TaskState task) {
    if (task.hasStopped()) {
      if (task.isPlaced()) {
        finish(task, task.assignment().stopCode(), task.assignment().stoppedReason());
      } else if (mayBeDecidedAgain(task)) {
        TaskAssignment ended = orders.adopted(task.status());
        planning.decide(
            new Decision.AdoptTask(ended, null, orders.verdict(ended, VerdictOutcome.PLACED)));
      }
    } else if (isOver(task)) {
      if (task.assignment() != null) {
        planning.decide(
            new Decision.ForgetTask(planning.state().cluster(), task.taskId(), null, null, null));
      }
      planning.decide(new Decision.EraseVerdict(planning.state().cluster(), task.taskId()));
    } else if (isForgotten(task)) {
      endForgotten(task);
    } else if (task.isUnknownToUs() && isOnNobodys(task)) {
      return; // its last word stays in the log; it is stopped should its node ever be heard again
    } else if (wantsStop(task.desired())) {
      stopAsWanted(task);
    } else if (task.isUnknownToUs()) {
      adopt(task);
    } else if (task.isLive()) {
      targets.register(task);
    } else if (task.isStopping()) {
      proceedStopping(task);
    } else if (task.assignment() == null) {
      oneOffs.look(task);
    }
  }

  /** Asks for what the tasks that were looked at lack. */
  void tellOfNeed() {
    oneOffs.tellOfNeed();
  }

  /**
   * A one-off that has run, of which nothing but its node's last word is left since the log was
   * emptied: without a memory of it, it would be placed once its node forgets it.
   */
  private static boolean mayBeDecidedAgain(TaskState task) {
    return task.assignment() == null
        && task.desired() != null
        && task.desired().run() != null
        && !task.isDecided();
  }

  /** Nothing is left but what we remember ourselves. */
  private static boolean isOver(TaskState task) {
    return task.desired() == null && task.status() == null && !task.isPlaced();
  }

  /**
   * Api-service knew it to be on an instance before the log was emptied; nobody else tells of it.
   */
  private static boolean isForgotten(TaskState task) {
    return task.desired() != null
        && task.desired().containerInstanceId() != null
        && task.assignment() == null
        && task.status() == null
        && !task.isDecided();
  }

  private void endForgotten(TaskState task) {
    if (planning.state().hearing().isRecovering()) {
      return; // its instance may be about to tell of it
    }
    TaskAssignment lost =
        orders.stopped(
            orders.forgotten(task.desired()), StopCode.TerminationNotice, FORGOTTEN_REASON);
    planning.decide(
        new Decision.LoseTask(lost, orders.order(lost), orders.verdict(lost, VerdictOutcome.LOST)));
  }

  private static boolean wantsStop(TaskDesired desired) {
    return desired != null && desired.desiredStatus() == TaskLifecycle.STOPPED;
  }

  private void stopAsWanted(TaskState task) {
    StopCode code =
        task.desired().stopCode() == null ? StopCode.UserInitiated : task.desired().stopCode();
    String reason =
        task.desired().stoppedReason() == null
            ? "Task stopped by user"
            : task.desired().stoppedReason();
    if (task.isLive()) {
      retire(task.assignment(), code, reason);
    } else if (task.isUnknownToUs()) {
      retire(orders.adopted(task.status()), code, reason);
    } else if (task.isStopping()) {
      proceedStopping(task);
    } else if (task.assignment() == null) {
      oneOffs.stopBeforePlaced(task, code, reason);
    }
  }

  private void retire(TaskAssignment known, StopCode code, String reason) {
    TaskAssignment stopped = orders.stopped(known, code, reason);
    planning.decide(
        new Decision.RetireTask(stopped, orders.verdict(stopped, VerdictOutcome.PLACED)));
  }

  private void proceedStopping(TaskState task) {
    if (isGoneFromItsInstance(task)) {
      finish(task, task.assignment().stopCode(), task.assignment().stoppedReason());
      return;
    }
    if (targets.drained(task) && !task.stopSent()) {
      planning.decide(new Decision.StopTask(orders.order(task.assignment())));
      if (task.serviceName() != null) {
        planning.tally().stopped(task.serviceName(), task.taskId());
      }
    }
  }

  // A machine that was started anew after the stop was asked for, and has nothing of the task, or
  // one that nobody knows any more, or was deregistered and isn't heard, will never report it.
  private boolean isGoneFromItsInstance(TaskState task) {
    var instance = planning.state().instance(task.containerInstanceId());
    if (isForgotten(instance)) {
      return task.stopSent();
    }
    if (isDeregistered(instance) && instance.isLost()) {
      // Nobody waits for a one-off's end any more; its order stays for its node, should it be back.
      return task.serviceName() != null;
    }
    return instance.isHeard(planning.now(), planning.settings().heartbeatFreshFor())
        && instance.status() != null
        && instance.status().startedAt() != null
        && task.assignment().stopRequestedAt() != null
        && instance.status().startedAt().isAfter(task.assignment().stopRequestedAt())
        && !instance.status().tasks().contains(task.taskId());
  }

  /** Whether it is on an instance that is out of the cluster and not heard. */
  private boolean isOnNobodys(TaskState task) {
    InstanceState instance = planning.state().instance(task.containerInstanceId());
    return isForgotten(instance)
        || (isDeregistered(instance)
            && !instance.isHeard(planning.now(), planning.settings().heartbeatFreshFor()));
  }

  private static boolean isForgotten(InstanceState instance) {
    return instance == null || (instance.desired() == null && instance.status() == null);
  }

  private static boolean isDeregistered(InstanceState instance) {
    return instance != null && instance.wanted() == InstanceStatusName.INACTIVE;
  }

  private void adopt(TaskState task) {
    TaskAssignment adopted = orders.adopted(task.status());
    if (task.serviceName() == null) {
      if (task.desired() != null && task.desired().run() != null) {
        keep(adopted);
      }
      return; // unknown one-off tasks are left alone until api-service asks for their stop
    }
    ServiceState service = planning.state().service(task.serviceName());
    if (service == null || (service.desired() == null && !service.isRemoved())) {
      return;
    }
    if (task.isDecided() || isDeregistered(planning.state().instance(task.containerInstanceId()))) {
      retire(adopted, StopCode.TerminationNotice, "Its container instance was deregistered.");
    } else if (service.isActive() && service.desired().serviceId().equals(task.serviceId())) {
      keep(adopted);
    } else {
      retire(adopted, StopCode.ServiceSchedulerInitiated, "Its service is not wanted any more");
    }
  }

  private void keep(TaskAssignment adopted) {
    boolean known = orders.definitionOf(adopted) != null;
    planning.decide(
        new Decision.AdoptTask(
            adopted,
            known ? orders.order(adopted) : null,
            orders.verdict(adopted, VerdictOutcome.PLACED)));
  }

  private void finish(TaskState task, StopCode code, String reason) {
    starts.ended(task);
    for (String target : List.copyOf(task.assignment().targets())) {
      targets.remove(task, target);
    }
    boolean seen = task.hasStopped();
    StopCode stopCode = code != null || !seen ? code : task.status().stopCode();
    String stoppedReason = reason != null || !seen ? reason : task.status().stoppedReason();
    TaskAssignment ended = orders.stopped(task.assignment(), stopCode, stoppedReason);
    // What api-service speaks of longer than anybody else must not be decided again.
    boolean remembered =
        task.desired() != null
            && (task.desired().run() != null || task.desired().containerInstanceId() != null);
    boolean lost = !seen || stopCode == StopCode.TerminationNotice;
    planning.decide(
        new Decision.ForgetTask(
            task.assignment().cluster(),
            task.taskId(),
            task.assignment().containerInstanceId(),
            remembered ? orders.closed(ended, stopCode, stoppedReason) : null,
            orders.verdict(ended, lost ? VerdictOutcome.LOST : VerdictOutcome.PLACED)));
  }
}
