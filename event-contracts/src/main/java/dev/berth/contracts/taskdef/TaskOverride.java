package dev.berth.contracts.taskdef;

import java.util.List;

/** What a run of a task changes in its definition (ECS: TaskOverride). */
public record TaskOverride(
    List<ContainerOverride> containerOverrides,
    String cpu,
    String memory,
    String executionRoleArn,
    String taskRoleArn,
    EphemeralStorage ephemeralStorage) {
  public TaskOverride {
    containerOverrides = Lists.of(containerOverrides);
  }
}
