package dev.berth.api.application.fold;

import java.time.Instant;

/**
 * The newest heartbeat of a container instance.
 *
 * @param heardAt when it was read, by api-service's own clock
 */
public record SignOfLife(
    String containerInstanceId, Instant heardAt, long intervalMillis, boolean dockerConnected) {}
