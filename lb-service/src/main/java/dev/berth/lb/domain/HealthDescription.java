package dev.berth.lb.domain;

import dev.berth.contracts.loadbalancer.TargetHealthState;

/** A target's state in ELBv2's words; {@code reason} and {@code description} may be null. */
public record HealthDescription(TargetHealthState state, String reason, String description) {
  /**
   * Describes a state.
   *
   * @param inUse whether a load balancer knows the target's group
   */
  public static HealthDescription of(TargetState state, boolean inUse) {
    return switch (state) {
      case TargetState.Initial initial ->
          inUse
              ? new HealthDescription(
                  TargetHealthState.INITIAL,
                  "Elb.InitialHealthChecking",
                  "Initial health checks in progress")
              : new HealthDescription(
                  TargetHealthState.INITIAL,
                  "Target.NotInUse",
                  "Target group is not configured to receive traffic from the load balancer");
      case TargetState.Healthy healthy ->
          new HealthDescription(TargetHealthState.HEALTHY, null, null);
      case TargetState.Unhealthy unhealthy ->
          new HealthDescription(
              TargetHealthState.UNHEALTHY, unhealthy.why().reason(), unhealthy.why().description());
      case TargetState.Draining draining ->
          new HealthDescription(
              TargetHealthState.DRAINING,
              "Target.DeregistrationInProgress",
              "Target deregistration is in progress");
      case TargetState.Drained drained ->
          drained.inTime()
              ? new HealthDescription(TargetHealthState.DRAINED, null, null)
              : new HealthDescription(
                  TargetHealthState.DRAINED,
                  null,
                  "The deregistration delay was over before the last request was");
    };
  }
}
