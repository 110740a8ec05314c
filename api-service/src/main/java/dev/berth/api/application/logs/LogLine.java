package dev.berth.api.application.logs;

import java.time.Instant;

/**
 * A line of a container's output.
 *
 * @param stream stdout or stderr
 */
public record LogLine(Instant timestamp, String container, String stream, String message) {}
