package dev.berth.contracts.taskdef;

/** What a container waits for in another one (ECS: ContainerDependency, {@code condition}). */
public enum ContainerCondition {
  START,
  COMPLETE,
  SUCCESS,
  HEALTHY
}
