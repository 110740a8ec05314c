package dev.berth.contracts.service;

/**
 * How a deployment is stopped (ECS: StopServiceDeployment): as it stands, or going back to the last
 * one that was completed.
 */
public enum StopType {
  ABORT,
  ROLLBACK
}
