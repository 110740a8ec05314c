package dev.berth.node.domain.container;

import dev.berth.contracts.task.NetworkBinding;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A container as its engine described it at one moment.
 *
 * @param exitCode there once the container has ended, else {@code null}
 * @param error the engine's own words on why it could not start, or {@code null}
 * @param health {@code null} when no health check is configured
 * @param bindings ports as published, with the host ports the engine chose
 * @param ipv4Address the container's own address, or {@code null}
 * @param startedAt {@code null} until it was started
 * @param finishedAt {@code null} until it has ended
 */
public record ContainerSnapshot(
    String id,
    String name,
    String image,
    String imageId,
    ContainerRunState state,
    Integer exitCode,
    boolean outOfMemory,
    String error,
    ContainerHealth health,
    List<NetworkBinding> bindings,
    String ipv4Address,
    String macAddress,
    Map<String, String> labels,
    Instant createdAt,
    Instant startedAt,
    Instant finishedAt) {
  public ContainerSnapshot {
    bindings = List.copyOf(bindings);
    labels = Map.copyOf(labels);
  }
}
