package dev.berth.api.domain.task;

import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.ContainerOverride;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** ECS's rules for RunTask and StartTask. */
public final class RunTaskRules {
  private static final int MOST = 10;

  /** A day in seconds. */
  private static final int LONGEST_WAIT = 86_400;

  private RunTaskRules() {}

  /** What is wrong with a request, without looking at what it names. */
  public static Violations check(RunTaskRequest request) {
    Violations violations = new Violations();
    violations.present("taskDefinition", request.taskDefinition());
    violations.range("count", request.count(), 1, MOST);
    violations.oneOf("launchType", request.launchType(), PlacementRules.LAUNCH_TYPES);
    violations.oneOf("propagateTags", request.propagateTags(), Set.of("TASK_DEFINITION", "NONE"));
    violations.require(
        request.startedBy() == null || request.startedBy().length() <= 128,
        "startedBy",
        "must have at most 128 characters");
    violations.require(
        request.group() == null
            || (request.group().length() <= 255 && !request.group().startsWith("service:")),
        "group",
        "must have at most 255 characters and not start with service:, which is for services");
    Tags.check("tags", request.tags(), violations);
    PlacementRules.clientToken(request.clientToken(), violations);
    PlacementRules.check(request.placementConstraints(), request.placementStrategy(), violations);
    StrategyRules.check(request.capacityProviderStrategy(), request.launchType(), violations);
    violations.range("placementTimeout", request.placementTimeout(), 0, LONGEST_WAIT);
    violations.require(
        request.referenceId() == null || request.referenceId().length() <= 1024,
        "referenceId",
        "must have at most 1024 characters");
    if (request.containerInstances() != null) {
      List<String> instances = request.containerInstances();
      violations.require(
          !instances.isEmpty() && instances.size() <= MOST,
          "containerInstances",
          "must name 1 to 10 container instances");
      violations.require(
          new HashSet<>(instances).size() == instances.size(),
          "containerInstances",
          "names a container instance twice");
      violations.require(request.count() == null, "count", "can't stand beside containerInstances");
      violations.require(
          request.placementStrategy() == null && request.placementConstraints() == null,
          "containerInstances",
          "leaves nothing to placementConstraints and placementStrategy");
    }
    return violations;
  }

  /** What of a request doesn't fit its task definition. */
  public static void fits(
      TaskDefinition definition, RunTaskRequest request, Violations violations) {
    PlacementRules.network(definition, request.networkConfiguration(), violations);
    PlacementRules.volumes(definition, request.volumeConfigurations(), violations);
    if (request.overrides() == null) {
      return;
    }
    Set<String> names =
        definition.containerDefinitions().stream()
            .map(ContainerDefinition::name)
            .collect(Collectors.toSet());
    List<ContainerOverride> overrides = request.overrides().containerOverrides();
    for (int i = 0; i < overrides.size(); i++) {
      ContainerOverride override = overrides.get(i);
      String at = "overrides.containerOverrides[" + i + "]";
      if (violations.present(at + ".name", override.name())) {
        violations.require(
            names.contains(override.name()),
            at + ".name",
            "names no container of the task definition: \""
                + Violations.shortened(override.name())
                + "\"");
      }
      violations.range(at + ".cpu", override.cpu(), 0, 196_608);
      violations.atLeast(at + ".memory", override.memory(), 6);
      violations.atLeast(at + ".memoryReservation", override.memoryReservation(), 6);
      for (int e = 0; e < override.environment().size(); e++) {
        violations.present(
            at + ".environment[" + e + "].name", override.environment().get(e).name());
      }
    }
  }
}
