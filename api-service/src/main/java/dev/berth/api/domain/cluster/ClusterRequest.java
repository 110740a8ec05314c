package dev.berth.api.domain.cluster;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.cluster.Setting;
import dev.berth.contracts.taskdef.Tag;
import java.util.List;
import java.util.Map;

/**
 * A cluster to create (ECS: CreateCluster); without a name it is {@code default}. {@code
 * configuration} and {@code serviceConnectDefaults} are kept and shown.
 */
public record ClusterRequest(
    String clusterName,
    List<Setting> settings,
    List<Tag> tags,
    Map<String, Object> configuration,
    Map<String, Object> serviceConnectDefaults,
    List<String> capacityProviders,
    List<CapacityProviderStrategyItem> defaultCapacityProviderStrategy) {

  /** A cluster with ECS's defaults. */
  public static ClusterRequest named(String clusterName) {
    return new ClusterRequest(clusterName, List.of(), List.of(), null, null, null, null);
  }

  /** What only describes the cluster. */
  public ClusterExtras extras() {
    return new ClusterExtras(configuration, serviceConnectDefaults);
  }
}
