package dev.berth.lb.domain;

import dev.berth.lb.domain.TargetEffect.ProbeAfter;
import dev.berth.lb.domain.TargetEffect.Report;
import dev.berth.lb.domain.TargetEffect.Reroute;
import dev.berth.lb.domain.TargetEffect.StopProbing;
import dev.berth.lb.domain.TargetEffect.StopTraffic;
import dev.berth.lb.domain.TargetEffect.WakeAt;
import dev.berth.lb.domain.TargetState.Drained;
import dev.berth.lb.domain.TargetState.Draining;
import dev.berth.lb.domain.TargetState.Healthy;
import dev.berth.lb.domain.TargetState.Initial;
import dev.berth.lb.domain.TargetState.Unhealthy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How a target's state moves: {@code (state, event, group, now) -> state and effects}. */
public final class TargetMachine {
  /**
   * How often a target is asked before its first good check: a task that has just started answers
   * soon, and traffic shouldn't wait a whole interval for it.
   */
  static final Duration EAGER_INTERVAL = Duration.ofMillis(250);

  /** The new state, and what follows, in order. */
  public record Transition(TargetState state, List<TargetEffect> effects) {
    public Transition {
      effects = List.copyOf(effects);
    }
  }

  private TargetMachine() {}

  /** A target that has just been registered. */
  public static Transition register(TargetGroup group, Instant now) {
    if (!group.healthCheck().enabled()) {
      return new Transition(new Healthy(now, 0), List.of(new Reroute(), new Report()));
    }
    return new Transition(
        new Initial(now, 0), List.of(new Reroute(), new Report(), new ProbeAfter(Duration.ZERO)));
  }

  /** What an event makes of a state; an event that means nothing to it changes nothing. */
  public static Transition on(
      TargetState state, TargetEvent event, TargetGroup group, Instant now) {
    return switch (event) {
      case TargetEvent.Registered registered -> register(group, now);
      case TargetEvent.Probed probed -> probed(state, probed.outcome(), group.healthCheck(), now);
      case TargetEvent.CheckChanged changed -> checkChanged(state, group, now);
      case TargetEvent.Deregistered deregistered -> deregistered(state, group, now);
      case TargetEvent.Idle idle ->
          state instanceof Draining ? drained(now, true) : unchanged(state);
      case TargetEvent.Woken woken -> woken(state, now);
    };
  }

  private static Transition probed(
      TargetState state, ProbeOutcome outcome, HealthCheck check, Instant now) {
    if (state instanceof Draining || state instanceof Drained || !check.enabled()) {
      return unchanged(state);
    }
    return switch (outcome) {
      case ProbeOutcome.Good good -> good(state, check, now);
      case ProbeOutcome.Bad bad -> bad(state, bad, check, now);
    };
  }

  private static Transition good(TargetState state, HealthCheck check, Instant now) {
    ProbeAfter next = new ProbeAfter(check.interval());
    return switch (state) {
      case Initial initial -> becomeHealthy(now, next);
      case Healthy healthy -> new Transition(new Healthy(healthy.since(), 0), List.of(next));
      case Unhealthy unhealthy -> {
        int good = unhealthy.good() + 1;
        yield good >= check.healthyThreshold()
            ? becomeHealthy(now, next)
            : new Transition(
                new Unhealthy(unhealthy.since(), good, unhealthy.why()), List.of(next));
      }
      case Draining draining -> unchanged(state);
      case Drained drained -> unchanged(state);
    };
  }

  private static Transition becomeHealthy(Instant now, ProbeAfter next) {
    return new Transition(new Healthy(now, 0), List.of(new Reroute(), new Report(), next));
  }

  private static Transition bad(
      TargetState state, ProbeOutcome.Bad why, HealthCheck check, Instant now) {
    ProbeAfter next = new ProbeAfter(check.interval());
    return switch (state) {
      case Initial initial -> {
        int bad = initial.bad() + 1;
        // Eager checks don't bring a slow starter down sooner: it has as long as it would have had
        // with checks at the group's interval.
        Duration patience = check.interval().multipliedBy(check.unhealthyThreshold());
        boolean over = !now.isBefore(initial.since().plus(patience));
        yield bad >= check.unhealthyThreshold() && over
            ? new Transition(new Unhealthy(now, 0, why), List.of(new Reroute(), new Report(), next))
            : new Transition(
                new Initial(initial.since(), bad),
                List.of(new ProbeAfter(shorter(EAGER_INTERVAL, check.interval()))));
      }
      case Healthy healthy -> {
        int bad = healthy.bad() + 1;
        yield bad >= check.unhealthyThreshold()
            ? new Transition(new Unhealthy(now, 0, why), List.of(new Reroute(), new Report(), next))
            : new Transition(new Healthy(healthy.since(), bad), List.of(next));
      }
      case Unhealthy unhealthy ->
          new Transition(new Unhealthy(unhealthy.since(), 0, why), List.of(next));
      case Draining draining -> unchanged(state);
      case Drained drained -> unchanged(state);
    };
  }

  private static Transition checkChanged(TargetState state, TargetGroup group, Instant now) {
    if (state instanceof Draining || state instanceof Drained) {
      return unchanged(state);
    }
    if (!group.healthCheck().enabled()) {
      return new Transition(
          new Healthy(now, 0), List.of(new StopProbing(), new Reroute(), new Report()));
    }
    return new Transition(state, List.of(new ProbeAfter(Duration.ZERO)));
  }

  private static Transition deregistered(TargetState state, TargetGroup group, Instant now) {
    if (state instanceof Draining || state instanceof Drained) {
      return unchanged(state);
    }
    Instant deadline = now.plus(group.deregistrationDelay());
    return new Transition(
        new Draining(now, deadline),
        List.of(
            new StopProbing(),
            new Reroute(),
            new Report(),
            new StopTraffic(),
            new WakeAt(deadline)));
  }

  private static Transition woken(TargetState state, Instant now) {
    return state instanceof Draining draining && !now.isBefore(draining.deadline())
        ? drained(now, false)
        : unchanged(state);
  }

  private static Transition drained(Instant now, boolean inTime) {
    return new Transition(new Drained(now, inTime), List.of(new Report()));
  }

  private static Transition unchanged(TargetState state) {
    return new Transition(state, List.of());
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
