package dev.berth.lb.adapter.kafka;

import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.ManualTarget;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetDesiredState;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import dev.berth.contracts.loadbalancer.TargetStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The records that a native executable reads and writes as JSON. */
@RegisterForReflection(
    targets = {
      LoadBalancerDesired.class,
      ListenerDesired.class,
      TargetGroupDesired.class,
      TargetGroupHealthCheck.class,
      ManualTarget.class,
      TargetDesired.class,
      TargetDesiredState.class,
      TargetStatus.class,
      TargetHealthState.class
    })
final class RecordReflection {
  private RecordReflection() {}
}
