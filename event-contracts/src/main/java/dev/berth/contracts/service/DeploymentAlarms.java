package dev.berth.contracts.service;

import java.util.List;

/** Alarms that fail a deployment (ECS: DeploymentAlarms); kept and shown, not watched. */
public record DeploymentAlarms(List<String> alarmNames, boolean enable, boolean rollback) {
  public DeploymentAlarms {
    alarmNames = alarmNames == null ? List.of() : List.copyOf(alarmNames);
  }
}
