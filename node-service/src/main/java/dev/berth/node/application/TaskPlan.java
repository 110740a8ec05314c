package dev.berth.node.application;

import dev.berth.node.domain.container.ImageRequest;
import dev.berth.node.domain.container.TaskContainers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a task is run on this node, resolved.
 *
 * @param refusals why it can't be run here, in sentences; empty when it can
 * @param images the image of each container, by container name
 */
public record TaskPlan(
    List<String> refusals, TaskContainers containers, Map<String, ImageRequest> images) {
  public TaskPlan {
    refusals = List.copyOf(refusals);
    images = Map.copyOf(images);
  }

  static TaskPlan refused(String reason) {
    return new TaskPlan(
        List.of(reason), new TaskContainers(Optional.empty(), List.of(), Map.of()), Map.of());
  }
}
