package dev.berth.api.domain.cluster;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.cluster.ClusterStatus;
import dev.berth.contracts.cluster.Setting;
import dev.berth.contracts.taskdef.Tag;
import java.time.Instant;
import java.util.List;

/** A cluster as the API shows it (ECS: Cluster). */
public record ClusterDescription(
    String clusterArn,
    String clusterName,
    ClusterStatus status,
    int registeredContainerInstancesCount,
    int runningTasksCount,
    int pendingTasksCount,
    int activeServicesCount,
    List<Setting> settings,
    List<String> capacityProviders,
    List<CapacityProviderStrategyItem> defaultCapacityProviderStrategy,
    List<Tag> tags,
    Instant createdAt) {

  /** What a cluster holds. */
  public record Counts(
      int activeServices, int runningTasks, int pendingTasks, int registeredContainerInstances) {}

  public static ClusterDescription of(ClusterDesired cluster, Counts counts) {
    return new ClusterDescription(
        cluster.clusterArn(),
        cluster.cluster(),
        cluster.status(),
        counts.registeredContainerInstances(),
        counts.runningTasks(),
        counts.pendingTasks(),
        counts.activeServices(),
        cluster.settings(),
        cluster.capacityProviders(),
        cluster.defaultCapacityProviderStrategy(),
        cluster.tags(),
        cluster.createdAt());
  }
}
