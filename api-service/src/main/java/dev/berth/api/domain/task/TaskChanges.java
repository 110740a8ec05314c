package dev.berth.api.domain.task;

import dev.berth.contracts.Capabilities;
import dev.berth.contracts.task.RunTaskSpec;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskProtection;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.Tag;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.TaskOverride;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What running, stopping and protecting make of a task. */
public final class TaskChanges {
  /** After this long nobody may place a one-off task any more. */
  public static final Duration PLACEMENT_EXPIRY = Duration.ofSeconds(10);

  private TaskChanges() {}

  /**
   * A one-off task.
   *
   * @param containerInstance the id to start it on, or null to have one chosen
   */
  public static Task wanted(
      RunTaskRequest request,
      StrategyRules.Capacity capacity,
      List<Tag> tags,
      TaskDefinition definition,
      String cluster,
      String installationId,
      String taskId,
      String containerInstance,
      long version,
      Instant now) {
    boolean queued = request.placementTimeout() != null && request.placementTimeout() > 0;
    RunTaskSpec run =
        new RunTaskSpec(
            needing(definition, request.overrides()),
            request.overrides(),
            request.group() == null ? "family:" + definition.family() : request.group(),
            request.startedBy(),
            capacity.launchType(),
            containerInstance,
            request.networkConfiguration(),
            request.placementConstraints(),
            request.placementStrategy(),
            capacity.strategy(),
            tags,
            Boolean.TRUE.equals(request.enableExecuteCommand()),
            now,
            now.plus(queued ? Duration.ofSeconds(request.placementTimeout()) : PLACEMENT_EXPIRY),
            queued ? request.placementTimeout() : null,
            request.platformVersion());
    TaskDesired desired =
        new TaskDesired(
            taskId,
            cluster,
            version,
            installationId,
            TaskLifecycle.RUNNING,
            null,
            null,
            run,
            null,
            null);
    return new Task(
        taskId,
        cluster,
        definition.taskDefinitionArn(),
        desired,
        null,
        null,
        TaskLifecycle.RUNNING,
        TaskLifecycle.PROVISIONING,
        now,
        null,
        tags);
  }

  /** Overrides may ask for what the definition alone doesn't, which placement has to see. */
  private static TaskDefinition needing(TaskDefinition definition, TaskOverride overrides) {
    boolean files =
        overrides != null
            && overrides.containerOverrides().stream()
                .anyMatch(one -> !one.environmentFiles().isEmpty());
    return files ? definition.requiring(Attribute.of(Capabilities.ENVIRONMENT_FILES)) : definition;
  }

  /** A task that a user stops; one that is already to be stopped keeps its first reason. */
  public static Task stopped(Task task, String reason, String installationId, long version) {
    TaskDesired old = task.desired();
    return task.with(
        new TaskDesired(
            task.id(),
            task.cluster(),
            version,
            installationId,
            TaskLifecycle.STOPPED,
            StopCode.UserInitiated,
            reason == null || reason.isBlank() ? "Task stopped by user" : reason,
            old == null ? null : old.run(),
            old == null ? null : old.protection(),
            old == null ? null : old.containerInstanceId()));
  }

  /** A task protected from scale-in and deployments until {@code until}, or no longer. */
  public static Task protectedUntil(
      Task task, boolean enabled, Instant until, String installationId, long version) {
    TaskDesired old = task.desired();
    return task.with(
        new TaskDesired(
            task.id(),
            task.cluster(),
            version,
            installationId,
            old == null ? TaskLifecycle.RUNNING : old.desiredStatus(),
            old == null ? null : old.stopCode(),
            old == null ? null : old.stoppedReason(),
            old == null ? null : old.run(),
            new TaskProtection(enabled, enabled ? until : null),
            old == null ? null : old.containerInstanceId()));
  }
}
