package dev.berth.api.domain.taskdefinition;

import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.taskdef.ContainerCondition;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.ContainerDependency;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.VolumeFrom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What containers of a task say about each other: {@code dependsOn}, {@code links} and {@code
 * volumesFrom}. All three decide what starts first, so that together they must not go in a circle.
 */
final class ContainerReferences {
  private final Map<String, ContainerDefinition> byName = new LinkedHashMap<>();
  private final Violations violations;

  private ContainerReferences(List<ContainerDefinition> containers, Violations violations) {
    containers.forEach(container -> byName.putIfAbsent(container.name(), container));
    this.violations = violations;
  }

  static void check(List<ContainerDefinition> containers, NetworkMode mode, Violations violations) {
    ContainerReferences references = new ContainerReferences(containers, violations);
    Map<String, Set<String>> waitsFor = new LinkedHashMap<>();
    for (int i = 0; i < containers.size(); i++) {
      ContainerDefinition container = containers.get(i);
      String at = "containerDefinitions[" + i + "]";
      Set<String> needed = new LinkedHashSet<>();
      references.dependencies(at, container, needed);
      if (mode == NetworkMode.BRIDGE) {
        references.links(at, container, needed);
      }
      references.volumesFrom(at, container, needed);
      waitsFor.putIfAbsent(container.name(), needed);
    }
    references.circle(waitsFor);
  }

  private void dependencies(String at, ContainerDefinition container, Set<String> needed) {
    List<ContainerDependency> dependencies = container.dependsOn();
    for (int i = 0; i < dependencies.size(); i++) {
      ContainerDependency dependency = dependencies.get(i);
      String member = at + ".dependsOn[" + i + "]";
      violations.present(member + ".condition", dependency.condition());
      if (!known(member + ".containerName", container, dependency.containerName())) {
        continue;
      }
      needed.add(dependency.containerName());
      ContainerDefinition other = byName.get(dependency.containerName());
      violations.require(
          dependency.condition() != ContainerCondition.HEALTHY || other.healthCheck() != null,
          member + ".condition",
          "HEALTHY needs a healthCheck in \"" + Violations.shortened(other.name()) + "\"");
      boolean waitsForEnd =
          dependency.condition() == ContainerCondition.COMPLETE
              || dependency.condition() == ContainerCondition.SUCCESS;
      violations.require(
          !waitsForEnd || !other.isEssential(),
          member + ".condition",
          dependency.condition()
              + " needs \""
              + Violations.shortened(other.name())
              + "\" to be not essential: the task ends when an essential container does");
    }
  }

  private void links(String at, ContainerDefinition container, Set<String> needed) {
    for (int i = 0; i < container.links().size(); i++) {
      String link = container.links().get(i);
      int colon = link.indexOf(':');
      String name = colon < 0 ? link : link.substring(0, colon);
      if (known(at + ".links[" + i + "]", container, name)) {
        needed.add(name);
      }
    }
  }

  private void volumesFrom(String at, ContainerDefinition container, Set<String> needed) {
    for (int i = 0; i < container.volumesFrom().size(); i++) {
      VolumeFrom from = container.volumesFrom().get(i);
      if (known(
          at + ".volumesFrom[" + i + "].sourceContainer", container, from.sourceContainer())) {
        needed.add(from.sourceContainer());
      }
    }
  }

  private boolean known(String member, ContainerDefinition container, String name) {
    if (!violations.present(member, name)) {
      return false;
    }
    boolean itself = name.equals(container.name());
    violations.require(!itself, member, "must not name the container itself");
    boolean there = byName.containsKey(name);
    violations.require(
        there,
        member,
        "names no container of the task definition: \"" + Violations.shortened(name) + "\"");
    return there && !itself;
  }

  private void circle(Map<String, Set<String>> waitsFor) {
    Set<String> done = new HashSet<>();
    Map<String, Integer> waitingFor = new HashMap<>();
    Map<String, List<String>> waiters = new HashMap<>();
    waitsFor.forEach(
        (name, needed) -> {
          waitingFor.put(name, needed.size());
          needed.forEach(
              other -> waiters.computeIfAbsent(other, any -> new ArrayList<>()).add(name));
        });
    Deque<String> ready = new ArrayDeque<>();
    waitingFor.forEach(
        (name, count) -> {
          if (count == 0 && name != null) {
            ready.add(name);
          }
        });
    while (!ready.isEmpty()) {
      String name = ready.poll();
      done.add(name);
      for (String waiter : waiters.getOrDefault(name, List.of())) {
        if (waiter != null && waitingFor.merge(waiter, -1, Integer::sum) == 0) {
          ready.add(waiter);
        }
      }
    }
    Collection<String> stuck =
        waitsFor.keySet().stream().filter(name -> name != null && !done.contains(name)).toList();
    violations.require(
        stuck.isEmpty(),
        "containerDefinitions",
        "wait for each other in a circle (dependsOn, links, volumesFrom): "
            + Violations.shortened(String.join(", ", stuck)));
  }
}
