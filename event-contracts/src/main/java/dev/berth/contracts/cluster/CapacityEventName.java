package dev.berth.contracts.cluster;

/** What a {@link CapacityEvent} tells a provisioner of machines. */
public enum CapacityEventName {
  /** Tasks wait because no container instance has room for them. */
  CAPACITY_INSUFFICIENT,
  /** The tasks that waited have been placed, or nobody wants them any more. */
  CAPACITY_SUFFICIENT
}
