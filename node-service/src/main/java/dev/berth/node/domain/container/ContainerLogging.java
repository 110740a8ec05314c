package dev.berth.node.domain.container;

import java.util.Map;

/** The engine's log driver and its options. */
public record ContainerLogging(String driver, Map<String, String> options) {
  public ContainerLogging {
    options = Map.copyOf(options);
  }
}
