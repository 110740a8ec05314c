package dev.berth.api.domain.service;

import dev.berth.contracts.taskdef.Tag;
import java.util.List;
import java.util.Map;

/**
 * What of a service revision or task set only the API knows: kept in ECS's own shape and answered
 * as it was sent. Absent members stay null.
 *
 * @param taskTags the tags of the tasks it starts, resolved from what the service propagates
 */
public record RevisionOptions(
    List<Map<String, Object>> serviceRegistries,
    Map<String, Object> serviceConnectConfiguration,
    List<Map<String, Object>> volumeConfigurations,
    List<Map<String, Object>> vpcLatticeConfigurations,
    List<Tag> taskTags) {
  /** Nothing asked. */
  public static final RevisionOptions NONE = new RevisionOptions(null, null, null, null, null);

  /** What an update asks for over this; absent members stay. */
  RevisionOptions with(ServiceUpdate update) {
    return new RevisionOptions(
        update.serviceRegistries() == null ? serviceRegistries : update.serviceRegistries(),
        update.serviceConnectConfiguration() == null
            ? serviceConnectConfiguration
            : update.serviceConnectConfiguration(),
        update.volumeConfigurations() == null
            ? volumeConfigurations
            : update.volumeConfigurations(),
        update.vpcLatticeConfigurations() == null
            ? vpcLatticeConfigurations
            : update.vpcLatticeConfigurations(),
        taskTags);
  }

  /** The same with other tags for its tasks. */
  RevisionOptions withTaskTags(List<Tag> tags) {
    return new RevisionOptions(
        serviceRegistries,
        serviceConnectConfiguration,
        volumeConfigurations,
        vpcLatticeConfigurations,
        tags);
  }
}
