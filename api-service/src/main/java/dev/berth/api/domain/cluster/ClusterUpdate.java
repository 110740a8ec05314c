package dev.berth.api.domain.cluster;

import dev.berth.contracts.cluster.Setting;
import dev.berth.contracts.taskdef.Tag;
import java.util.List;
import java.util.Map;

/** What to change of a cluster (ECS: UpdateCluster). Absent members change nothing. */
public record ClusterUpdate(
    List<Setting> settings,
    List<Tag> tags,
    Map<String, Object> configuration,
    Map<String, Object> serviceConnectDefaults) {

  /** Other settings only (ECS: UpdateClusterSettings). */
  public static ClusterUpdate of(List<Setting> settings) {
    return new ClusterUpdate(settings, null, null, null);
  }

  /** Other tags only. */
  public static ClusterUpdate tagged(List<Tag> tags) {
    return new ClusterUpdate(null, tags, null, null);
  }
}
