package dev.berth.contracts.loadbalancer;

/** What is wanted of a target: traffic, or no new traffic. */
public enum TargetDesiredState {
  REGISTERED,
  DRAINING
}
