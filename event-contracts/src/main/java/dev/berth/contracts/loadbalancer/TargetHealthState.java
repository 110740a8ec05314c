package dev.berth.contracts.loadbalancer;

/** A target's state (ELBv2: TargetHealth); DRAINED is when its last request is over. */
public enum TargetHealthState {
  INITIAL,
  HEALTHY,
  UNHEALTHY,
  DRAINING,
  DRAINED
}
