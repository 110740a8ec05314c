package dev.berth.contracts.taskdef;

import java.util.Map;

/** A volume that Docker keeps (ECS: DockerVolumeConfiguration); scope is task or shared. */
public record DockerVolumeConfiguration(
    String scope,
    Boolean autoprovision,
    String driver,
    Map<String, String> driverOpts,
    Map<String, String> labels) {
  public DockerVolumeConfiguration {
    driverOpts = Lists.of(driverOpts);
    labels = Lists.of(labels);
  }
}
