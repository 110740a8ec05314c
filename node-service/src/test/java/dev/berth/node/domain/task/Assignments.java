package dev.berth.node.domain.task;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Assignments for tests, from task definitions as users write them. */
public final class Assignments {
  public static final String INSTALLATION = "test-installation";
  public static final String CLUSTER_ARN = "arn:aws:ecs:us-east-1:000000000000:cluster/default";

  private Assignments() {}

  /**
   * An assignment RUNNING of version 1.
   *
   * @param definition the JSON members of the definition that matter
   */
  public static TaskAssigned running(String taskId, String instance, String definition) {
    return of(taskId, instance, 1, TaskLifecycle.RUNNING, null, null, definition(definition));
  }

  /** The same task, to be stopped, one version later. */
  public static TaskAssigned stopped(TaskAssigned running, String reason) {
    return of(
        running.taskId(),
        running.containerInstanceId(),
        running.version() + 1,
        TaskLifecycle.STOPPED,
        StopCode.UserInitiated,
        reason,
        running.taskDefinition());
  }

  /** The same word with another version. */
  public static TaskAssigned withVersion(TaskAssigned assigned, long version) {
    return of(
        assigned.taskId(),
        assigned.containerInstanceId(),
        version,
        assigned.desiredStatus(),
        assigned.stopCode(),
        assigned.stoppedReason(),
        assigned.taskDefinition());
  }

  /** The same word without its definition. */
  public static TaskAssigned withoutDefinition(TaskAssigned assigned) {
    return of(
        assigned.taskId(),
        assigned.containerInstanceId(),
        assigned.version(),
        assigned.desiredStatus(),
        assigned.stopCode(),
        assigned.stoppedReason(),
        null);
  }

  /** A task of one container, {@code app}, as it is in some status. */
  public static TaskState inStatus(String taskId, TaskLifecycle status, Instant since) {
    return TaskState.accepted(running(taskId, "i1", "{\"name\":\"app\"}"), false)
        .moved(status, since);
  }

  private static TaskAssigned of(
      String taskId,
      String instance,
      long version,
      TaskLifecycle desired,
      StopCode code,
      String reason,
      TaskDefinition definition) {
    return new TaskAssigned(
        taskId,
        "default",
        instance,
        version,
        1,
        INSTALLATION,
        "arn:aws:ecs:us-east-1:000000000000:task/default/" + taskId,
        CLUSTER_ARN,
        desired,
        code,
        reason,
        definition,
        null,
        null,
        new Resources(128, 64, List.of(), 0),
        null,
        null,
        null,
        "family:test",
        "a test",
        "EC2",
        List.of(),
        false,
        Instant.EPOCH,
        null,
        null,
        List.of());
  }

  /** A task definition from JSON, {@code family} and {@code revision} added. */
  public static TaskDefinition definition(String json) {
    String whole =
        json.contains("\"containerDefinitions\"")
            ? json
            : "{\"containerDefinitions\":[" + json + "]}";
    String named = "{\"family\":\"test\",\"revision\":1," + whole.strip().substring(1);
    return EventJson.read(named.getBytes(StandardCharsets.UTF_8), TaskDefinition.class);
  }
}
