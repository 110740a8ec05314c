package dev.berth.contracts.taskdef;

import java.util.List;

/** An App Mesh proxy (ECS: ProxyConfiguration). */
public record ProxyConfiguration(String type, String containerName, List<KeyValuePair> properties) {
  public ProxyConfiguration {
    properties = Lists.of(properties);
  }
}
