package dev.berth.contracts.service;

/** What a task set is for (ECS: TaskSet, {@code status}): DRAINING ones are being deleted. */
public enum TaskSetStatus {
  PRIMARY,
  ACTIVE,
  DRAINING
}
