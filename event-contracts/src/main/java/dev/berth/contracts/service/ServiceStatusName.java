package dev.berth.contracts.service;

/** A service's state (ECS: Service, {@code status}). */
public enum ServiceStatusName {
  ACTIVE,
  DRAINING,
  INACTIVE
}
