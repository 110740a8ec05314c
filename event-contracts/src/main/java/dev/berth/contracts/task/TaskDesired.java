package dev.berth.contracts.task;

import dev.berth.contracts.Versioned;

/**
 * What users want of one task. Written by api-service to {@code berth.task.desired.v1}. {@code run}
 * is there for one-off tasks only; for a service's task the record carries only a stop or a
 * protection. {@code desiredStatus} is RUNNING or STOPPED. {@code containerInstanceId} is where
 * api-service knew the task to be when the log was emptied, null if that didn't happen in its life:
 * a scheduler that hears of the task from nobody else ends it then.
 */
public record TaskDesired(
    String taskId,
    String cluster,
    long version,
    String installationId,
    TaskLifecycle desiredStatus,
    StopCode stopCode,
    String stoppedReason,
    RunTaskSpec run,
    TaskProtection protection,
    String containerInstanceId)
    implements Versioned {}
