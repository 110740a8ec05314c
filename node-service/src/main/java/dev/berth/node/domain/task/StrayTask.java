package dev.berth.node.domain.task;

import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.node.domain.container.BerthLabels;
import dev.berth.node.domain.container.ContainerSnapshot;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/**
 * A task of which the engine has containers and the journal nothing. What their labels tell is made
 * into an assignment of version 0, so that the task is reported and can be stopped like any other;
 * the scheduler's own assignment takes its place when it comes.
 */
public final class StrayTask {
  private StrayTask() {}

  /**
   * The assignment that the containers of a task tell of.
   *
   * @param containers by container name; at least one, or the holder's labels
   */
  public static TaskAssigned assignment(
      Map<String, String> labels, Map<String, ContainerSnapshot> containers) {
    List<ContainerDefinition> definitions =
        containers.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> definition(entry.getKey(), entry.getValue().image()))
            .toList();
    return new TaskAssigned(
        labels.get(BerthLabels.TASK_ID),
        labels.get(BerthLabels.CLUSTER),
        labels.get(BerthLabels.CONTAINER_INSTANCE),
        0,
        0,
        labels.get(BerthLabels.INSTALLATION_ID),
        labels.get("dev.berth.task-arn"),
        labels.get("dev.berth.cluster-arn"),
        TaskLifecycle.RUNNING,
        null,
        null,
        taskDefinition(labels, definitions),
        null,
        null,
        new Resources(
            number(labels.get("dev.berth.cpu")), number(labels.get("dev.berth.memory")), null, 0),
        labels.get("dev.berth.service-name"),
        labels.get("dev.berth.service-id"),
        labels.get("dev.berth.deployment-id"),
        labels.get("dev.berth.group"),
        labels.get("dev.berth.started-by"),
        null,
        List.of(),
        false,
        time(labels.get("dev.berth.created-at")),
        null,
        null,
        List.of());
  }

  /** Whether an assignment was made of labels. */
  static boolean isStray(TaskAssigned assigned) {
    return assigned.version() == 0;
  }

  private static TaskDefinition taskDefinition(
      Map<String, String> labels, List<ContainerDefinition> containers) {
    return new TaskDefinition(
        labels.get("dev.berth.task-definition-arn"),
        labels.get("com.amazonaws.ecs.task-definition-family"),
        number(labels.get("com.amazonaws.ecs.task-definition-version")),
        null,
        null,
        null,
        null,
        containers,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static ContainerDefinition definition(String name, String image) {
    return new ContainerDefinition(
        name, image, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null, null, null, null, null, null);
  }

  private static int number(String text) {
    try {
      return text == null ? 0 : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static Instant time(String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
