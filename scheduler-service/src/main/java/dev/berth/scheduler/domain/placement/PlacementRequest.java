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
 */
public record PlacementRequest(
    String group,
    TaskDefinition definition,
    Resources needs,
    List<PlacementConstraint> constraints,
    List<PlacementStrategy> strategies) {
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
        strategies);
  }
}
