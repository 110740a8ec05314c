package dev.berth.scheduler.domain.state;

/** Something the reconciler looks at on its own. */
public sealed interface Subject {
  /** A service, by name. */
  record OfService(String serviceName) implements Subject {}

  /** A task, by id. */
  record OfTask(String taskId) implements Subject {}

  /** A container instance, by id. */
  record OfInstance(String containerInstanceId) implements Subject {}
}
