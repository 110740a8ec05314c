package dev.berth.scheduler.domain.placement;

import dev.berth.scheduler.domain.state.InstanceState;
import java.time.Duration;

/** Whether instances are of the kind that a task asks for, whatever room they have. */
public final class Suitability {
  private final Requirements requirements;

  public Suitability(PlacementRequest request) {
    this.requirements = new Requirements(request, Duration.ZERO);
  }

  /** Whether the instance lacks nothing that waiting wouldn't bring. */
  public boolean suits(InstanceState instance) {
    return requirements.metBy(instance) || requirements.waitingHelps(instance);
  }
}
