package dev.berth.api.domain.instance;

import java.time.Instant;
import java.util.List;

/**
 * How a container instance is (ECS: ContainerInstanceHealthStatus).
 *
 * @param overallStatus OK, IMPAIRED or INSUFFICIENT_DATA
 */
public record InstanceHealth(String overallStatus, List<Detail> details) {
  /** One thing that was looked at (ECS: InstanceHealthCheckResult). */
  public record Detail(String type, String status, Instant lastUpdated) {}

  /** Whether the container runtime answered when the node last spoke. */
  static InstanceHealth of(ContainerInstance instance) {
    Boolean docker =
        instance.dockerConnected() != null
            ? instance.dockerConnected()
            : !instance.hasNode() ? null : (Boolean) instance.seen().dockerConnected();
    String status = docker == null ? "INSUFFICIENT_DATA" : docker ? "OK" : "IMPAIRED";
    return new InstanceHealth(
        status, List.of(new Detail("CONTAINER_RUNTIME", status, instance.heartbeatAt())));
  }
}
