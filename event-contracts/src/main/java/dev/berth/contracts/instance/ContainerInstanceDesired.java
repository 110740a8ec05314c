package dev.berth.contracts.instance;

import dev.berth.contracts.Versioned;
import dev.berth.contracts.taskdef.Attribute;
import java.util.List;

/**
 * What users want of a container instance. Written by api-service to {@code
 * berth.container-instance.desired.v1}, first when it hears of a new instance. INACTIVE is a
 * deregistered one; with {@code force} its tasks are given up without waiting. {@code
 * capacityProviders} name the capacity providers that it serves.
 */
public record ContainerInstanceDesired(
    String containerInstanceId,
    String cluster,
    long version,
    String installationId,
    InstanceStatusName status,
    boolean force,
    List<Attribute> attributes,
    List<String> capacityProviders)
    implements Versioned {
  public ContainerInstanceDesired {
    attributes = attributes == null ? List.of() : List.copyOf(attributes);
    capacityProviders = capacityProviders == null ? List.of() : List.copyOf(capacityProviders);
  }
}
