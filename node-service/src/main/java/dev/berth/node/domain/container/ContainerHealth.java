package dev.berth.node.domain.container;

/** What a container's own health check says. */
public enum ContainerHealth {
  STARTING,
  HEALTHY,
  UNHEALTHY
}
