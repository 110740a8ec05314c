package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.domain.problem.Failure;
import dev.berth.api.domain.task.TaskFailure;

/** Failures beside answers. */
final class EcsFailures {
  private EcsFailures() {}

  static software.amazon.awssdk.services.ecs.model.Failure of(Failure failure) {
    return software.amazon.awssdk.services.ecs.model.Failure.builder()
        .arn(failure.arn())
        .reason(failure.reason())
        .detail(failure.detail())
        .build();
  }

  static software.amazon.awssdk.services.ecs.model.Failure of(TaskFailure failure) {
    return software.amazon.awssdk.services.ecs.model.Failure.builder()
        .arn(failure.arn())
        .reason(failure.reason())
        .detail(failure.detail())
        .build();
  }
}
