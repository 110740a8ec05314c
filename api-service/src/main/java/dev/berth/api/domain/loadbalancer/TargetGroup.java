package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import java.time.Instant;

/** A target group with the targets registered by hand. */
public record TargetGroup(TargetGroupDesired desired, String targetType, Instant createdAt) {
  /** The same group with another wish. */
  public TargetGroup with(TargetGroupDesired changed) {
    return new TargetGroup(changed, targetType, createdAt);
  }
}
