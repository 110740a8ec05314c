package dev.berth.contracts.service;

/** How a new revision takes over (ECS: DeploymentConfiguration, {@code strategy}). */
public enum DeploymentStrategy {
  ROLLING,
  BLUE_GREEN,
  LINEAR,
  CANARY
}
