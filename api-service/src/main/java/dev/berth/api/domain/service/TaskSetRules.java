package dev.berth.api.domain.service;

import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.api.domain.task.PlacementRules;
import dev.berth.api.domain.task.StrategyRules;
import dev.berth.contracts.service.Scale;
import dev.berth.contracts.service.TaskSetDesired;
import java.util.Set;

/** ECS's rules for task sets (ECS: "Amazon ECS external deployment"). */
public final class TaskSetRules {
  private static final int MOST = 5;

  private TaskSetRules() {}

  /** What is wrong with a request to create a task set, without looking at what it names. */
  public static Violations check(TaskSetRequest request) {
    Violations violations = new Violations();
    violations.present("taskDefinition", request.taskDefinition());
    violations.oneOf("launchType", request.launchType(), PlacementRules.LAUNCH_TYPES);
    violations.atMost("loadBalancers", request.loadBalancers(), 5);
    violations.atMost("serviceRegistries", request.serviceRegistries(), 1);
    StrategyRules.check(request.capacityProviderStrategy(), request.launchType(), violations);
    PlacementRules.clientToken(request.clientToken(), violations);
    Tags.check("tags", request.tags(), violations);
    scale(request.scale(), violations);
    return violations;
  }

  /** What is wrong with a scale to set. */
  public static Violations check(Scale scale) {
    Violations violations = new Violations();
    violations.present("scale", scale);
    scale(scale, violations);
    return violations;
  }

  /** Refuses a service whose deployments ECS rolls. */
  public static void external(Service service) {
    if (!service.isExternal()) {
      throw ProblemException.refused(
          "InvalidParameterException",
          "Task sets are only for services with the EXTERNAL deployment controller.");
    }
  }

  /** Refuses a service that can't have another task set. */
  public static void mayHave(Service service) {
    external(service);
    if (service.desired().taskSets().size() >= MOST) {
      throw ProblemException.refused(
          "InvalidParameterException", "A service can have at most 5 task sets.");
    }
  }

  /** Refuses to delete what is in use, unless forced. */
  public static void deletable(TaskSetDesired set, boolean force) {
    boolean scaled = set.scale() != null && set.scale().value() != null && set.scale().value() > 0;
    if (scaled && !force) {
      throw ProblemException.conflict(
          "InvalidParameterException",
          "The task set cannot be deleted while it is scaled above 0.");
    }
  }

  private static void scale(Scale scale, Violations violations) {
    if (scale != null) {
      violations.oneOf("scale.unit", scale.unit(), Set.of("PERCENT"));
      violations.require(
          scale.value() == null || (scale.value() >= 0 && scale.value() <= 100),
          "scale.value",
          "must be 0 to 100 percent");
    }
  }
}
