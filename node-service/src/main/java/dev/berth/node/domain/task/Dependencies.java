package dev.berth.node.domain.task;

import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.taskdef.ContainerCondition;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.ContainerDependency;
import dev.berth.contracts.taskdef.VolumeFrom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the containers of a task wait for in each other. */
final class Dependencies {
  private Dependencies() {}

  /** Whether a container may go on. */
  sealed interface Answer {
    record Met() implements Answer {}

    record Wait() implements Answer {}

    /** It can never be met; the reason is for users. */
    record Never(String reason) implements Answer {}
  }

  /** Whether what a container refers to by name (links, volumes from) exists. */
  static Answer toCreate(TaskState state, ContainerDefinition definition) {
    for (String name : referred(definition)) {
      ContainerProgress other = state.containers().get(name);
      if (other == null || (other.isStopped() && other.runtimeId() == null)) {
        return new Answer.Never(
            "CannotCreateContainerError: the container it refers to, " + name + ", does not exist");
      }
      if (other.phase().compareTo(ContainerPhase.CREATED) < 0) {
        return new Answer.Wait();
      }
    }
    return new Answer.Met();
  }

  /** Whether a container's dependencies have come as far as it asks for. */
  static Answer toStart(TaskState state, ContainerDefinition definition, Instant now) {
    boolean wait = false;
    for (ContainerDependency dependency : ofStart(definition)) {
      Answer answer = of(state, dependency, now);
      if (answer instanceof Answer.Never) {
        return answer;
      }
      wait |= answer instanceof Answer.Wait;
    }
    return wait ? new Answer.Wait() : new Answer.Met();
  }

  /** When a container gives up waiting, if any of its dependencies has a start timeout. */
  static Optional<Instant> startDeadline(TaskState state, ContainerDefinition definition) {
    return ofStart(definition).stream()
        .map(dependency -> deadline(state, dependency))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /** Whether a container that depends on this one hasn't ended yet. */
  static boolean isNeeded(TaskState state, String container) {
    return state.definitions().stream()
        .filter(
            other ->
                other.dependsOn().stream()
                    .anyMatch(dependency -> dependency.containerName().equals(container)))
        .anyMatch(other -> !state.containers().get(other.name()).isStopped());
  }

  private static Answer of(TaskState state, ContainerDependency dependency, Instant now) {
    ContainerProgress other = state.containers().get(dependency.containerName());
    if (other == null) {
      return never(dependency, "is not part of the task");
    }
    boolean met =
        switch (dependency.condition()) {
          case START -> other.hasStarted();
          case COMPLETE -> other.isStopped() && other.hasStarted();
          case SUCCESS -> other.isStopped() && Integer.valueOf(0).equals(other.exitCode());
          case HEALTHY ->
              other.phase() == ContainerPhase.RUNNING && other.health() == HealthStatus.HEALTHY;
        };
    if (met) {
      return new Answer.Met();
    }
    if (other.isStopped()) {
      return never(
          dependency,
          other.hasStarted() ? "exited with code " + other.exitCode() : "did not start");
    }
    Optional<Instant> deadline = deadline(state, dependency);
    if (deadline.isPresent() && !now.isBefore(deadline.get())) {
      return never(dependency, "did not reach it within its startTimeout");
    }
    return new Answer.Wait();
  }

  private static Answer never(ContainerDependency dependency, String why) {
    return new Answer.Never(
        "CannotStartContainerError: it depends on %s being %s, but that container %s"
            .formatted(dependency.containerName(), dependency.condition(), why));
  }

  private static Optional<Instant> deadline(TaskState state, ContainerDependency dependency) {
    ContainerProgress other = state.containers().get(dependency.containerName());
    if (other == null
        || other.startedAt() == null
        || dependency.condition() == ContainerCondition.START) {
      return Optional.empty();
    }
    Integer seconds = state.definition(other.name()).startTimeout();
    return seconds == null
        ? Optional.empty()
        : Optional.of(other.startedAt().plus(Duration.ofSeconds(seconds)));
  }

  /** The declared dependencies, and for links an implied START: a link needs a running peer. */
  private static List<ContainerDependency> ofStart(ContainerDefinition definition) {
    List<ContainerDependency> all = new ArrayList<>(definition.dependsOn());
    for (String link : definition.links()) {
      all.add(new ContainerDependency(linked(link), ContainerCondition.START));
    }
    return all;
  }

  private static List<String> referred(ContainerDefinition definition) {
    List<String> names = new ArrayList<>();
    definition.links().forEach(link -> names.add(linked(link)));
    definition.volumesFrom().stream().map(VolumeFrom::sourceContainer).forEach(names::add);
    return names;
  }

  private static String linked(String link) {
    int alias = link.indexOf(':');
    return alias < 0 ? link : link.substring(0, alias);
  }
}
