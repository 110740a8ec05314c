package dev.berth.node.domain.container;

import java.util.Map;

/** A container in a listing: enough to know whose it is and whether it runs. */
public record ContainerSummary(
    String id, String name, ContainerRunState state, Map<String, String> labels) {
  public ContainerSummary {
    labels = Map.copyOf(labels);
  }
}
