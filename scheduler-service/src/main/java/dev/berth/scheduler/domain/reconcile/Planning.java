package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceEvent;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.IdSource;
import dev.berth.scheduler.domain.SchedulerSettings;
import dev.berth.scheduler.domain.placement.Placements;
import dev.berth.scheduler.domain.state.ClusterState;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A plan in the making. Each decision is folded as it is taken, so that the next one sees it. */
final class Planning {
  private final ClusterState state;
  private final Instant now;
  private final IdSource ids;
  private final List<Decision> decisions = new ArrayList<>();
  private final Placements placements;
  private final Tally tally = new Tally();

  Planning(ClusterState state, Instant now, IdSource ids) {
    this.state = state;
    this.now = now;
    this.ids = ids;
    this.placements = Placements.of(state, ids);
  }

  ClusterState state() {
    return state;
  }

  Instant now() {
    return now;
  }

  IdSource ids() {
    return ids;
  }

  SchedulerSettings settings() {
    return state.settings();
  }

  long nextVersion() {
    return state.nextVersion(now);
  }

  /** What goes into every memory that is written: see {@code TaskAssignment}. */
  Instant recoveringSince() {
    return state.hearing().recoveringSince();
  }

  /** Where tasks may go. */
  Placements placements() {
    return placements;
  }

  /** What is counted per service, to be said in one sentence at the end. */
  Tally tally() {
    return tally;
  }

  List<Decision> decisions() {
    return decisions;
  }

  void decide(Decision decision) {
    decisions.add(decision);
    state.apply(decision);
  }

  /** Look again at a time, or earlier. */
  void lookAgain(Subject subject, Instant time) {
    state.attention().at(subject, time);
  }

  /** Says a sentence about a service whatever was said before. */
  void say(ServiceDesired service, Sentence sentence) {
    decide(
        new Decision.Say(
            new ServiceEvent(
                ids.nextEventId(),
                service.cluster(),
                service.serviceName(),
                service.serviceId(),
                sentence.eventType(),
                sentence.eventName(),
                "(service " + service.serviceName() + ") " + sentence.text(),
                sentence.deploymentId(),
                now,
                sentence.reasons())));
  }

  /** Says a sentence unless it was said already and {@code what} hasn't changed since. */
  void sayOnce(ServiceState service, String what, Duration repeat, Sentence sentence) {
    if (service.desired() != null && service.maySay(what, now, repeat)) {
      say(service.desired(), sentence);
    }
  }
}
