package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.SchedulerSettings;
import dev.berth.scheduler.domain.state.Hearing;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.Subject;
import dev.berth.scheduler.domain.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Judges silent instances. One is lost only after the scheduler itself has heard everything and
 * then heard nothing of it for long enough; when many fall silent together it suspects itself. An
 * instance alone in its cluster is never judged: there is nobody to compare it with, and nowhere to
 * go.
 */
final class InstanceWatch {
  /** Attribute of an instance that is often out of reach: seconds until its tasks are given up. */
  static final String KEEP_TASKS = "berth.keep-tasks-seconds";

  private final Planning planning;
  private final Orders orders;

  InstanceWatch(Planning planning, Orders orders) {
    this.planning = planning;
    this.orders = orders;
  }

  void look(InstanceState instance) {
    if (instance.wanted() == InstanceStatusName.INACTIVE && instance.desired().force()) {
      give(instance, "Container instance %s was deregistered.".formatted(instance.id()));
    }
    listen(instance);
    boolean connected =
        instance.isConnected(planning.now(), planning.settings().heartbeatFreshFor());
    if (!instance.isNews(connected)) {
      return;
    }
    planning.state().attention().touchDaemons();
    planning.state().attention().touchBalanced();
    for (TaskState task : instance.tasks()) {
      planning.state().attention().touch(new Subject.OfTask(task.taskId()));
      planning.state().attention().touchService(task.serviceName());
    }
  }

  private void listen(InstanceState instance) {
    SchedulerSettings settings = planning.settings();
    Subject subject = new Subject.OfInstance(instance.id());
    if (instance.isHeard(planning.now(), settings.heartbeatFreshFor())) {
      if (instance.isLost()) {
        instance.found();
      }
      endSuspicion();
      planning.lookAgain(subject, instance.lastHeard().plus(settings.heartbeatFreshFor()));
      return;
    }
    if (instance.isLost()) {
      return;
    }
    Instant deadline = silentSince(instance).plus(lostAfter(instance));
    if (planning.now().isBefore(deadline)) {
      planning.lookAgain(subject, deadline);
      return;
    }
    // Nobody waits for one that users have given up themselves.
    Instant trustedFrom = isDeregistered(instance) ? planning.now() : trustedFrom();
    if (trustedFrom == null) {
      return;
    }
    if (planning.now().isBefore(trustedFrom)) {
      planning.lookAgain(subject, trustedFrom);
      return;
    }
    instance.lose(planning.now());
    give(
        instance,
        "Container instance %s was lost: no heartbeat for %d seconds."
            .formatted(instance.id(), lostAfter(instance).toSeconds()));
  }

  /** An instance may say itself how long its tasks stay its own without a word of it. */
  private Duration lostAfter(InstanceState instance) {
    String seconds = instance.attribute(KEEP_TASKS);
    boolean isNumber = seconds != null && seconds.matches("[0-9]{1,9}");
    Duration own = isNumber ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    Duration least = planning.settings().instanceLostAfter();
    return own.compareTo(least) > 0 ? own : least;
  }

  /** The time from which on an instance's silence is its own. */
  private Instant silentSince(InstanceState instance) {
    Hearing hearing = planning.state().hearing();
    Instant since = hearing.caughtUpAt().plus(planning.settings().heartbeatInterval());
    if (hearing.trustedAgainAt() != null && hearing.trustedAgainAt().isAfter(since)) {
      since = hearing.trustedAgainAt();
    }
    return instance.lastHeard() != null && instance.lastHeard().isAfter(since)
        ? instance.lastHeard()
        : since;
  }

  /** From when on an overdue instance may be given up; null for never, as things are. */
  private Instant trustedFrom() {
    Silence silence = silence();
    Hearing hearing = planning.state().hearing();
    if (!silence.isSuspect(planning.settings().massSilenceShare())) {
      return planning.now();
    }
    hearing.suspect(silence.isTotal(), planning.now());
    return silence.isTotal()
        ? null
        : hearing.suspectedSince().plus(planning.settings().massSilenceWait());
  }

  private void endSuspicion() {
    Hearing hearing = planning.state().hearing();
    if (hearing.suspectedSince() == null) {
      return;
    }
    Silence silence = silence();
    if (silence.isSuspect(planning.settings().massSilenceShare())) {
      hearing.suspect(silence.isTotal(), planning.now());
    } else {
      hearing.trust(planning.now());
    }
    for (InstanceState other : planning.state().instances()) {
      if (!other.isHeard(planning.now(), planning.settings().heartbeatFreshFor())) {
        planning.state().attention().touch(new Subject.OfInstance(other.id()));
      }
    }
  }

  private Silence silence() {
    int all = 0;
    int silent = 0;
    for (InstanceState instance : planning.state().instances()) {
      if (!instance.isLost() && !isDeregistered(instance)) {
        all++;
        if (!instance.isHeard(planning.now(), planning.settings().heartbeatFreshFor())) {
          silent++;
        }
      }
    }
    return new Silence(silent, all);
  }

  private static boolean isDeregistered(InstanceState instance) {
    return instance.wanted() == InstanceStatusName.INACTIVE;
  }

  private void give(InstanceState instance, String reason) {
    for (TaskState task : List.copyOf(instance.tasks())) {
      // One that was to stop is over for its users, too, though nobody will ever report it.
      boolean stops = task.isStopping() && instance.isLost() && !task.isGivenUp();
      if (task.isLive() || stops) {
        TaskAssignment lost = orders.stopped(task.assignment(), StopCode.TerminationNotice, reason);
        planning.decide(
            new Decision.LoseTask(
                lost, orders.order(lost), orders.verdict(lost, VerdictOutcome.LOST)));
      }
    }
  }

  /** How many instances are silent, of how many. */
  record Silence(int silent, int all) {
    boolean isTotal() {
      return silent == all;
    }

    boolean isSuspect(double share) {
      return isTotal() || (silent >= 2 && silent > share * all);
    }
  }
}
