package dev.berth.contracts.task;

/** Health of a container or a task (ECS: {@code healthStatus}). */
public enum HealthStatus {
  HEALTHY,
  UNHEALTHY,
  UNKNOWN
}
