package dev.berth.contracts.instance;

/** A container instance's wanted state (ECS: ContainerInstance, {@code status}). */
public enum InstanceStatusName {
  ACTIVE,
  DRAINING,
  INACTIVE
}
