package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.application.Described;
import dev.berth.api.domain.problem.Failure;
import dev.berth.api.domain.task.TaskFailure;
import java.util.List;

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

  /** What of a description isn't there. */
  static List<software.amazon.awssdk.services.ecs.model.Failure> of(Described<?> found) {
    return found.failures().stream().map(EcsFailures::of).toList();
  }

  static software.amazon.awssdk.services.ecs.model.Failure of(TaskFailure failure) {
    return software.amazon.awssdk.services.ecs.model.Failure.builder()
        .arn(failure.arn())
        .reason(failure.reason())
        .detail(failure.detail())
        .build();
  }
}
