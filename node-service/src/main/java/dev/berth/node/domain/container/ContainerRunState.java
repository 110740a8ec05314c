package dev.berth.node.domain.container;

/** Where a container is in its life. */
public enum ContainerRunState {
  /** Made, never started. */
  CREATED,
  /** Running, paused or being restarted: its process exists. */
  RUNNING,
  /** Ended, or being removed. */
  EXITED
}
