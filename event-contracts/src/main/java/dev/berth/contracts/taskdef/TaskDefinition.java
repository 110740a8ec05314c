package dev.berth.contracts.taskdef;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A revision of a task definition (ECS: TaskDefinition). {@code cpu} is in CPU units and {@code
 * memory} in MiB, both decimal strings as ECS shows them.
 */
public record TaskDefinition(
    String taskDefinitionArn,
    String family,
    Integer revision,
    TaskDefinitionStatus status,
    String taskRoleArn,
    String executionRoleArn,
    NetworkMode networkMode,
    List<ContainerDefinition> containerDefinitions,
    List<Volume> volumes,
    List<PlacementConstraint> placementConstraints,
    List<String> requiresCompatibilities,
    List<String> compatibilities,
    List<Attribute> requiresAttributes,
    String cpu,
    String memory,
    List<InferenceAccelerator> inferenceAccelerators,
    String pidMode,
    String ipcMode,
    ProxyConfiguration proxyConfiguration,
    EphemeralStorage ephemeralStorage,
    RuntimePlatform runtimePlatform,
    Boolean enableFaultInjection,
    Instant registeredAt,
    Instant deregisteredAt,
    Instant deleteRequestedAt,
    String registeredBy) {
  public TaskDefinition {
    containerDefinitions = Lists.of(containerDefinitions);
    volumes = Lists.of(volumes);
    placementConstraints = Lists.of(placementConstraints);
    requiresCompatibilities = Lists.of(requiresCompatibilities);
    compatibilities = Lists.of(compatibilities);
    requiresAttributes = Lists.of(requiresAttributes);
    inferenceAccelerators = Lists.of(inferenceAccelerators);
  }

  /** The network mode, bridge unless set (ECS's default on Linux). */
  public NetworkMode networkModeOrDefault() {
    return networkMode == null ? NetworkMode.BRIDGE : networkMode;
  }

  /** The same, with one more attribute that a container instance must have. */
  public TaskDefinition requiring(Attribute attribute) {
    if (requiresAttributes.contains(attribute)) {
      return this;
    }
    List<Attribute> more = new ArrayList<>(requiresAttributes);
    more.add(attribute);
    return new TaskDefinition(
        taskDefinitionArn,
        family,
        revision,
        status,
        taskRoleArn,
        executionRoleArn,
        networkMode,
        containerDefinitions,
        volumes,
        placementConstraints,
        requiresCompatibilities,
        compatibilities,
        more,
        cpu,
        memory,
        inferenceAccelerators,
        pidMode,
        ipcMode,
        proxyConfiguration,
        ephemeralStorage,
        runtimePlatform,
        enableFaultInjection,
        registeredAt,
        deregisteredAt,
        deleteRequestedAt,
        registeredBy);
  }
}
