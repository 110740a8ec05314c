package dev.berth.scheduler.domain.placement;

import dev.berth.scheduler.domain.state.InstanceState;
import java.time.Instant;
import java.util.List;

/** The instances that tasks of one request may go to, always as they are now. */
public interface Candidates {
  /** The best instance for the next task, or null when none is left. */
  InstanceState best(Instant now);

  /** Why none is left. */
  Refusal refusal(Instant now);

  /** The instances of a short list that do, in its order: somebody else has chosen. */
  static Candidates among(List<InstanceState> instances, Requirements requirements) {
    return new Candidates() {
      @Override
      public InstanceState best(Instant now) {
        requirements.at(now);
        for (InstanceState instance : instances) {
          if (requirements.metBy(instance)) {
            return instance;
          }
        }
        return null;
      }

      @Override
      public Refusal refusal(Instant now) {
        requirements.at(now);
        return Refusals.explain(instances, requirements);
      }
    };
  }
}
