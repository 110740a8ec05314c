package dev.berth.contracts.taskdef;

/** The life cycle of a task definition's revision. */
public enum TaskDefinitionStatus {
  ACTIVE,
  INACTIVE,
  DELETE_IN_PROGRESS
}
