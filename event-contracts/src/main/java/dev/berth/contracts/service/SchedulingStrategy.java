package dev.berth.contracts.service;

/** How many tasks a service has (ECS: Service, {@code schedulingStrategy}). */
public enum SchedulingStrategy {
  REPLICA,
  DAEMON
}
