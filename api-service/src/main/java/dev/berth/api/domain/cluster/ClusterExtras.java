package dev.berth.api.domain.cluster;

import java.util.Map;

/**
 * What only describes a cluster, as its user wrote it.
 *
 * @param configuration ECS: ClusterConfiguration, or null
 * @param serviceConnectDefaults ECS: ClusterServiceConnectDefaults, or null
 */
public record ClusterExtras(
    Map<String, Object> configuration, Map<String, Object> serviceConnectDefaults) {
  /** Nothing. */
  public static final ClusterExtras NONE = new ClusterExtras(null, null);

  /** These with what an update says. */
  public ClusterExtras updated(ClusterUpdate update) {
    return new ClusterExtras(
        update.configuration() == null ? configuration : update.configuration(),
        update.serviceConnectDefaults() == null
            ? serviceConnectDefaults
            : update.serviceConnectDefaults());
  }
}
