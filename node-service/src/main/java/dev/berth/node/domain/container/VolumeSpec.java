package dev.berth.node.domain.container;

import java.util.Map;

/**
 * A volume that the engine keeps.
 *
 * @param driver {@code null} for the engine's default, {@code local}
 */
public record VolumeSpec(
    String name, String driver, Map<String, String> driverOpts, Map<String, String> labels) {
  public VolumeSpec {
    driverOpts = Map.copyOf(driverOpts);
    labels = Map.copyOf(labels);
  }
}
