package dev.berth.contracts.task;

import java.util.List;

/**
 * A container as its node sees it (ECS: Container). {@code runtimeId} is Docker's id; {@code
 * exitCode} is absent while it runs; {@code reason} says what went wrong, in a sentence.
 */
public record ContainerState(
    String containerId,
    String name,
    String image,
    String imageDigest,
    String runtimeId,
    TaskLifecycle lastStatus,
    Integer exitCode,
    String reason,
    HealthStatus healthStatus,
    List<NetworkBinding> networkBindings,
    List<NetworkInterface> networkInterfaces,
    String cpu,
    String memory,
    String memoryReservation,
    ImagePull pull) {
  public ContainerState {
    networkBindings = networkBindings == null ? List.of() : List.copyOf(networkBindings);
    networkInterfaces = networkInterfaces == null ? List.of() : List.copyOf(networkInterfaces);
  }
}
