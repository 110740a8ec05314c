package dev.berth.api.domain.instance;

import java.time.Instant;

/**
 * A container instance as a machine: what EC2's API and load balancers see of it.
 *
 * @param instanceId the machine's own id, or its name where it has none
 * @param hostAddress where others reach its published ports
 * @param connected whether its agent has been heard of and reaches its engine
 */
public record Machine(
    String containerInstanceId,
    String cluster,
    String instanceId,
    String name,
    String hostAddress,
    String availabilityZone,
    boolean connected,
    Instant registeredAt) {

  /** Whether a target's id means this machine: its own id, or that of the container instance. */
  public boolean isNamed(String id) {
    return instanceId.equals(id)
        || containerInstanceId.equals(id)
        || id.endsWith("/" + containerInstanceId);
  }
}
