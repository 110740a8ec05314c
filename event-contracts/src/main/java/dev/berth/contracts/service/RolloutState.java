package dev.berth.contracts.service;

/** How far a deployment has come (ECS: Deployment, {@code rolloutState}). */
public enum RolloutState {
  IN_PROGRESS,
  COMPLETED,
  FAILED
}
