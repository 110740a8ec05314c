package dev.berth.node.domain.task;

/** How far the node has come with one container of a task, in order. */
public enum ContainerPhase {
  /** Nothing was done yet. */
  WAITING,
  PULLING,
  /** Its image is there; it waits for what it needs in order to be created. */
  PULLED,
  /** The journal was told that it is about to be created. From here on it may exist. */
  JOURNALING,
  CREATING,
  /** It exists and waits for what it depends on. */
  CREATED,
  STARTING,
  RUNNING,
  STOPPING,
  STOPPED;

  /** Whether the engine may have a container in this phase, whatever became of it since. */
  public boolean mayExist() {
    return compareTo(JOURNALING) >= 0;
  }

  /** Whether the container's process was told to run and hasn't ended as far as is known. */
  public boolean isAlive() {
    return this == STARTING || this == RUNNING || this == STOPPING;
  }

  /** Whether an answer of the engine is awaited, so that nothing else may be asked meanwhile. */
  public boolean isInFlight() {
    return this == CREATING || this == STARTING || this == STOPPING;
  }
}
