package dev.berth.scheduler.domain.placement;

import dev.berth.contracts.task.Resources;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a task asks of a container instance.
 *
 * @param group the task group, which spreading and distinctInstance go by
 * @param constraints of the request and of the definition
 * @param launchType EC2, FARGATE or EXTERNAL; null is EC2
 * @param capacityProvider whose instances count, or null for any
 */
public record PlacementRequest(
    String group,
    TaskDefinition definition,
    Resources needs,
    List<PlacementConstraint> constraints,
    List<PlacementStrategy> strategies,
    String launchType,
    String capacityProvider) {
  public PlacementRequest {
    constraints = List.copyOf(constraints);
    strategies = List.copyOf(strategies);
  }

  /** With the constraints that stand in the definition. */
  public static PlacementRequest of(
      String group,
      TaskDefinition definition,
      Resources needs,
      List<PlacementConstraint> constraints,
      List<PlacementStrategy> strategies) {
    return new PlacementRequest(
        group,
        definition,
        needs,
        Stream.concat(constraints.stream(), definition.placementConstraints().stream()).toList(),
        strategies,
        null,
        null);
  }

  /** The same on another kind of capacity. */
  public PlacementRequest on(String otherLaunchType, String otherProvider) {
    return new PlacementRequest(
        group, definition, needs, constraints, strategies, otherLaunchType, otherProvider);
  }

  /** Whether it matters which instances hold tasks of its group. */
  boolean dependsOnGroup() {
    return constraints.stream().anyMatch(PlacementRequest::isDistinct);
  }

  /** Whether a query asks for the groups of an instance's tasks. */
  boolean dependsOnQueriesOfGroup() {
    return constraints.stream()
        .anyMatch(c -> c.expression() != null && c.expression().contains("task:group"));
  }

  /** The same for whatever group. */
  PlacementRequest withoutDistinctInstance() {
    return new PlacementRequest(
        group,
        definition,
        needs,
        constraints.stream().filter(constraint -> !isDistinct(constraint)).toList(),
        strategies,
        launchType,
        capacityProvider);
  }

  private static boolean isDistinct(PlacementConstraint constraint) {
    return "distinctInstance".equals(constraint.type());
  }
}
