package dev.berth.api.domain.taskdefinition;

import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.EphemeralStorage;
import dev.berth.contracts.taskdef.InferenceAccelerator;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.ProxyConfiguration;
import dev.berth.contracts.taskdef.RuntimePlatform;
import dev.berth.contracts.taskdef.Tag;
import dev.berth.contracts.taskdef.Volume;
import java.util.List;

/**
 * A task definition to register (ECS: RegisterTaskDefinition). {@code cpu} takes CPU units or vCPUs
 * ({@code "512"}, {@code "0.5 vCPU"}), {@code memory} MiB or GB ({@code "512"}, {@code "1 GB"}).
 */
public record TaskDefinitionRequest(
    String family,
    String taskRoleArn,
    String executionRoleArn,
    NetworkMode networkMode,
    List<ContainerDefinition> containerDefinitions,
    List<Volume> volumes,
    List<PlacementConstraint> placementConstraints,
    List<String> requiresCompatibilities,
    String cpu,
    String memory,
    List<Tag> tags,
    String pidMode,
    String ipcMode,
    ProxyConfiguration proxyConfiguration,
    List<InferenceAccelerator> inferenceAccelerators,
    EphemeralStorage ephemeralStorage,
    RuntimePlatform runtimePlatform,
    Boolean enableFaultInjection) {
  public TaskDefinitionRequest {
    containerDefinitions =
        containerDefinitions == null ? List.of() : List.copyOf(containerDefinitions);
    volumes = volumes == null ? List.of() : List.copyOf(volumes);
    placementConstraints =
        placementConstraints == null ? List.of() : List.copyOf(placementConstraints);
    requiresCompatibilities =
        requiresCompatibilities == null ? List.of() : List.copyOf(requiresCompatibilities);
    tags = tags == null ? List.of() : List.copyOf(tags);
    inferenceAccelerators =
        inferenceAccelerators == null ? List.of() : List.copyOf(inferenceAccelerators);
  }
}
