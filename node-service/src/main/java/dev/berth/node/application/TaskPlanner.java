package dev.berth.node.application;

import dev.berth.contracts.task.TaskAssigned;

/** Resolves an assignment into what an engine is asked for. */
public interface TaskPlanner {
  /**
   * Learns what planning needs of the engine, so that no plan has to wait for it.
   *
   * @throws ContainerEngineException if the engine can't be asked now
   */
  default void prepare() {}

  /** Never fails because of what is assigned: what can't be run comes back with its refusals. */
  TaskPlan plan(TaskAssigned assigned);
}
