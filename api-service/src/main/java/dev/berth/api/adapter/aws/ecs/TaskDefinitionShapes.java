package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.adapter.aws.ShapeRecords;
import dev.berth.contracts.taskdef.NetworkMode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/**
 * Task definitions as ECS shows them: some lists are there even if they are empty, a few members
 * have their default, all else that nobody wrote is left out.
 */
@ApplicationScoped
public class TaskDefinitionShapes {
  private final ShapeRecords records;

  public TaskDefinitionShapes(ShapeRecords records) {
    this.records = records;
  }

  /** A revision. */
  public TaskDefinition shape(dev.berth.contracts.taskdef.TaskDefinition definition) {
    NetworkMode mode = definition.networkModeOrDefault();
    TaskDefinition sparse =
        records.sparse(definition, TaskDefinition.builder(), TaskDefinition.class);
    return sparse.toBuilder()
        .containerDefinitions(
            sparse.containerDefinitions().stream()
                .map(container -> complete(container, mode))
                .toList())
        .volumes(new ArrayList<>(sparse.volumes()))
        .placementConstraints(new ArrayList<>(sparse.placementConstraints()))
        .requiresAttributes(new ArrayList<>(sparse.requiresAttributes()))
        .build();
  }

  /** Tags. */
  public static List<Tag> tags(List<dev.berth.contracts.taskdef.Tag> tags) {
    return tags.stream()
        .map(tag -> Tag.builder().key(tag.key()).value(tag.value()).build())
        .toList();
  }

  private static ContainerDefinition complete(ContainerDefinition container, NetworkMode mode) {
    ContainerDefinition.Builder complete =
        container.toBuilder()
            .cpu(container.cpu() == null ? 0 : container.cpu())
            .essential(container.essential() == null || container.essential())
            .portMappings(
                container.portMappings().stream().map(port -> complete(port, mode)).toList())
            .environment(new ArrayList<>(container.environment()))
            .mountPoints(new ArrayList<>(container.mountPoints()))
            .volumesFrom(new ArrayList<>(container.volumesFrom()))
            .systemControls(new ArrayList<>(container.systemControls()));
    if (container.healthCheck() != null) {
      complete.healthCheck(complete(container.healthCheck()));
    }
    return complete.build();
  }

  private static PortMapping complete(PortMapping port, NetworkMode mode) {
    PortMapping.Builder complete = port.toBuilder();
    if (port.protocol() == null) {
      complete.protocol(TransportProtocol.TCP);
    }
    if (port.hostPort() == null && port.containerPort() != null) {
      complete.hostPort(mode == NetworkMode.BRIDGE ? Integer.valueOf(0) : port.containerPort());
    }
    return complete.build();
  }

  private static HealthCheck complete(HealthCheck check) {
    return check.toBuilder()
        .interval(check.interval() == null ? 30 : check.interval())
        .timeout(check.timeout() == null ? 5 : check.timeout())
        .retries(check.retries() == null ? 3 : check.retries())
        .build();
  }

  /** The members of a revision that only ECS writes. */
  static Set<String> readOnlyMembers(List<SdkField<?>> ofTheRequest) {
    Set<String> taken =
        ofTheRequest.stream().map(SdkField::locationName).collect(Collectors.toSet());
    return TaskDefinition.builder().sdkFields().stream()
        .map(SdkField::locationName)
        .filter(name -> !taken.contains(name))
        .collect(Collectors.toUnmodifiableSet());
  }
}
