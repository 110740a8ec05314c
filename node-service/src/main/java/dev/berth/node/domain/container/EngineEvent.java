package dev.berth.node.domain.container;

import java.time.Instant;
import java.util.Map;

/** Something the engine tells of its own accord. Events are hints: what counts is inspect. */
public sealed interface EngineEvent {
  /** An event about one container, with the labels it was created with. */
  sealed interface ContainerEvent extends EngineEvent {
    String containerId();

    Map<String, String> labels();

    Instant at();
  }

  /** The container's process was started. */
  record Started(String containerId, Map<String, String> labels, Instant at)
      implements ContainerEvent {}

  /** The container's process ended. */
  record Died(String containerId, Map<String, String> labels, int exitCode, Instant at)
      implements ContainerEvent {}

  /** A process of the container was killed for memory; the container may go on. */
  record OutOfMemory(String containerId, Map<String, String> labels, Instant at)
      implements ContainerEvent {}

  /** The container's health check changed its mind. */
  record HealthChanged(
      String containerId, Map<String, String> labels, ContainerHealth health, Instant at)
      implements ContainerEvent {}

  /** The stream was (re)connected: whatever happened before was perhaps not told; look again. */
  record MayHaveMissed() implements EngineEvent {}

  /** The engine can't be reached; {@link MayHaveMissed} follows once it can. */
  record Disconnected(String reason) implements EngineEvent {}
}
