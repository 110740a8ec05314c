package dev.berth.contracts.instance;

import java.time.Instant;

/**
 * A sign of life. Written by nodes to {@code berth.container-instance.heartbeat.v1} every {@code
 * intervalMillis}. {@code statusVersion} is the version of the newest status the node has written.
 */
public record ContainerInstanceHeartbeat(
    String containerInstanceId,
    String cluster,
    long sequence,
    long statusVersion,
    boolean dockerConnected,
    long intervalMillis,
    Instant sentAt) {}
