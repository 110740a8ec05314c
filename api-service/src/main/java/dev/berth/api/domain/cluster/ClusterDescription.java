package dev.berth.api.domain.cluster;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.cluster.ClusterStatus;
import dev.berth.contracts.cluster.Setting;
import dev.berth.contracts.taskdef.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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
    Instant createdAt,
    Map<String, Object> configuration,
    Map<String, Object> serviceConnectDefaults,
    Map<String, Integer> statistics) {

  /**
   * What a cluster holds.
   *
   * @param statistics the same apart by launch type, by the names that ECS has for each
   */
  public record Counts(
      int activeServices,
      int drainingServices,
      int runningTasks,
      int pendingTasks,
      int registeredContainerInstances,
      Map<String, Integer> statistics) {}

  public static ClusterDescription of(ClusterDesired cluster, ClusterExtras extras, Counts counts) {
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
        cluster.createdAt(),
        extras.configuration(),
        extras.serviceConnectDefaults(),
        counts.statistics());
  }
}
