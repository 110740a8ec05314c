package dev.berth.api.domain.task;

import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.util.List;
import java.util.Set;

/** What the launch type asks of a task definition (ECS: "Amazon ECS launch types"). */
public final class FargateRules {
  /** What LATEST stands for. */
  public static final String NEWEST = "1.4.0";

  /** "Fargate platform versions for Amazon ECS"; what a task sees of them is the same here. */
  private static final Set<String> PLATFORM_VERSIONS =
      Set.of("LATEST", NEWEST, "1.3.0", "1.2.0", "1.1.0", "1.0.0");

  private FargateRules() {}

  /** Refuses a definition that can't run with such capacity. */
  public static void fits(TaskDefinition definition, StrategyRules.Capacity capacity) {
    String wanted = capacity.isFargate() ? "FARGATE" : capacity.launchType();
    List<String> compatible = definition.compatibilities();
    boolean awsvpc = definition.networkModeOrDefault() == NetworkMode.AWSVPC;
    boolean lacks = wanted != null && !compatible.isEmpty() && !compatible.contains(wanted);
    if (lacks || (capacity.isFargate() && !awsvpc)) {
      throw ProblemException.refused(
          "ClientException", "Task definition does not support launch_type " + wanted + ".");
    }
  }

  /** Refuses what only makes sense where one chooses the machine. */
  public static void placement(
      StrategyRules.Capacity capacity,
      List<PlacementConstraint> constraints,
      List<PlacementStrategy> strategies,
      String platformVersion) {
    if (capacity.isFargate()) {
      if (constraints != null && !constraints.isEmpty()) {
        throw ProblemException.refused(
            "InvalidParameterException",
            "Placement constraints are not supported with FARGATE launch type.");
      }
      if (strategies != null && !strategies.isEmpty()) {
        throw ProblemException.refused(
            "InvalidParameterException",
            "Placement strategies are not supported with FARGATE launch type.");
      }
      if (platformVersion != null
          && !platformVersion.isEmpty()
          && !PLATFORM_VERSIONS.contains(platformVersion)) {
        throw ProblemException.refused(
            "PlatformUnknownException", "The specified platform version does not exist.");
      }
    } else if (platformVersion != null && !platformVersion.isEmpty()) {
      throw ProblemException.refused(
          "InvalidParameterException",
          "The platform version must be null when specifying an "
              + (capacity.launchType() == null ? "EC2" : capacity.launchType())
              + " launch type.");
    }
  }
}
