package dev.berth.contracts.service;

/** PRIMARY is the newest deployment, ACTIVE an older one that still has tasks, else INACTIVE. */
public enum DeploymentStatus {
  PRIMARY,
  ACTIVE,
  INACTIVE
}
