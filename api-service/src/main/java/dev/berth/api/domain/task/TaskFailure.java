package dev.berth.api.domain.task;

import dev.berth.contracts.Arns;
import dev.berth.contracts.task.RefusalReason;
import dev.berth.contracts.task.TaskVerdict;
import java.util.stream.Collectors;

/**
 * Why a task wasn't placed (ECS: Failure).
 *
 * @param arn the container instance that was asked for, or the task's own ARN
 * @param reason ECS's code, such as {@code RESOURCE:MEMORY}
 * @param detail which instances were looked at, what they lacked, and whether waiting can help
 */
public record TaskFailure(String arn, String reason, String detail) {

  /** The failure of a refused task. */
  public static TaskFailure of(Task task, String clusterArn) {
    TaskVerdict verdict = task.verdict();
    String instance =
        task.desired() == null || task.desired().run() == null
            ? null
            : task.desired().run().containerInstance();
    String reason = verdict.reasons().isEmpty() ? "RESOURCE" : verdict.reasons().getFirst().code();
    String detail =
        verdict.reasons().stream()
            .map(RefusalReason::detail)
            .map(TaskFailure::sentence)
            .collect(Collectors.joining(" "));
    String advice =
        verdict.canWaitHelp()
            ? " The same request may succeed later."
            : " Waiting doesn't help: change the request or the container instances.";
    return new TaskFailure(
        instance == null
            ? Arns.task(clusterArn, task.id())
            : Arns.containerInstance(clusterArn, instance),
        reason,
        considered(verdict.instancesConsidered()) + detail + advice);
  }

  private static String considered(int instances) {
    return instances == 1
        ? "1 container instance was considered. "
        : instances + " container instances were considered. ";
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }
}
