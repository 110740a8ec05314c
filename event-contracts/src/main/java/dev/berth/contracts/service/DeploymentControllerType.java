package dev.berth.contracts.service;

/** Who moves a service from one revision to the next (ECS: DeploymentController). */
public enum DeploymentControllerType {
  ECS,
  CODE_DEPLOY,
  EXTERNAL
}
