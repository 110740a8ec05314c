package dev.berth.contracts.service;

/** Whether a task set has as many healthy tasks as it should (ECS: TaskSet). */
public enum StabilityStatus {
  STEADY_STATE,
  STABILIZING
}
