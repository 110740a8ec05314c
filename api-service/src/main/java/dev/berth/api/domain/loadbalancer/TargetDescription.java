package dev.berth.api.domain.loadbalancer;

/**
 * A target by hand (ELBv2: TargetDescription).
 *
 * @param id a host name or address, or a container instance for target type instance
 * @param port the target group's own port when absent
 * @param availabilityZone a zone, or {@code all}
 * @param quicServerId refused: there is no QUIC
 */
public record TargetDescription(
    String id, Integer port, String availabilityZone, String quicServerId) {}
