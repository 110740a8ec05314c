package dev.berth.node.application;

import java.time.Instant;

/**
 * Who this node is.
 *
 * @param hostAddress where others reach the ports it publishes
 * @param logsUrl where api-service reads logs from
 * @param registeredAt when it first started
 * @param startedAt when this process started
 */
public record NodeIdentity(
    String installationId,
    String cluster,
    String containerInstanceId,
    String name,
    String availabilityZone,
    String hostAddress,
    String logsUrl,
    Instant registeredAt,
    Instant startedAt) {}
