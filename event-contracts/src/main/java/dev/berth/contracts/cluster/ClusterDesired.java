package dev.berth.contracts.cluster;

import dev.berth.contracts.taskdef.Tag;
import java.time.Instant;
import java.util.List;

/**
 * A cluster as users want it. Written by api-service to {@code berth.cluster.desired.v1}. {@code
 * capacityProviderDetails} describe the providers that {@code capacityProviders} name.
 */
public record ClusterDesired(
    String cluster,
    long version,
    String installationId,
    String clusterArn,
    ClusterStatus status,
    List<Setting> settings,
    List<String> capacityProviders,
    List<CapacityProviderStrategyItem> defaultCapacityProviderStrategy,
    List<Tag> tags,
    Instant createdAt,
    List<CapacityProvider> capacityProviderDetails)
    implements dev.berth.contracts.Versioned {
  public ClusterDesired {
    settings = settings == null ? List.of() : List.copyOf(settings);
    capacityProviders = capacityProviders == null ? List.of() : List.copyOf(capacityProviders);
    defaultCapacityProviderStrategy =
        defaultCapacityProviderStrategy == null
            ? List.of()
            : List.copyOf(defaultCapacityProviderStrategy);
    tags = tags == null ? List.of() : List.copyOf(tags);
    capacityProviderDetails =
        capacityProviderDetails == null ? List.of() : List.copyOf(capacityProviderDetails);
  }
}
