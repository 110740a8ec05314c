package dev.berth.node.domain.container;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.TaskOverride;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Assigned tasks for tests, from task definitions as users write them. */
public final class AssignedTasks {
  public static final String TASK_ID = "0123456789abcdef0123456789abcdef";

  private AssignedTasks() {}

  /** A task of a definition in JSON; single quotes stand for double ones. */
  public static TaskAssigned task(String definitionJson) {
    return task(TASK_ID, "test-installation", definitionJson, null);
  }

  /** The same with overrides in JSON, or without when they are {@code null}. */
  public static TaskAssigned task(
      String taskId, String installationId, String definitionJson, String overridesJson) {
    String clusterArn = "arn:aws:ecs:us-east-1:000000000000:cluster/default";
    return new TaskAssigned(
        taskId,
        "default",
        "instance-1",
        1,
        1,
        installationId,
        "arn:aws:ecs:us-east-1:000000000000:task/default/" + taskId,
        clusterArn,
        TaskLifecycle.RUNNING,
        null,
        null,
        read(definitionJson, TaskDefinition.class),
        overridesJson == null ? null : read(overridesJson, TaskOverride.class),
        null,
        new Resources(256, 128, List.of(), 0),
        "web",
        "service-1",
        "ecs-svc/1234567890123456789",
        "service:web",
        "ecs-svc/1234567890123456789",
        "EC2",
        List.of(),
        false,
        Instant.parse("2026-11-22T10:00:00Z"),
        null,
        null,
        List.of());
  }

  private static <T> T read(String json, Class<T> type) {
    return EventJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), type);
  }
}
