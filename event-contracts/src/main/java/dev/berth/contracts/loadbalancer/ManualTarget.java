package dev.berth.contracts.loadbalancer;

/**
 * A target registered by hand (ELBv2: TargetDescription).
 *
 * @param id {@code <host or container instance>:<port>}, unique in its group
 * @param host the address to connect to; that of the container instance for target type instance
 * @param availabilityZone a zone, {@code all}, or absent
 * @param instanceId the container instance for target type instance, else absent
 */
public record ManualTarget(
    String id, String host, int port, String availabilityZone, String instanceId) {}
