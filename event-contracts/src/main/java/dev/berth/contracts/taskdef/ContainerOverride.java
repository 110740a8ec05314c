package dev.berth.contracts.taskdef;

import java.util.List;

/** What a run of a task changes in one container (ECS: ContainerOverride). */
public record ContainerOverride(
    String name,
    List<String> command,
    List<KeyValuePair> environment,
    List<EnvironmentFile> environmentFiles,
    Integer cpu,
    Integer memory,
    Integer memoryReservation,
    List<ResourceRequirement> resourceRequirements) {
  public ContainerOverride {
    command = Lists.of(command);
    environment = Lists.of(environment);
    environmentFiles = Lists.of(environmentFiles);
    resourceRequirements = Lists.of(resourceRequirements);
  }
}
