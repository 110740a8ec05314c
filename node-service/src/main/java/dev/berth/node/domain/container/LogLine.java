package dev.berth.node.domain.container;

import java.time.Instant;

/**
 * A line a container wrote.
 *
 * @param timestamp when the engine got it
 * @param stream {@code stdout} or {@code stderr}
 * @param message without its line end; lines over 64 KiB come in pieces
 */
public record LogLine(Instant timestamp, String stream, String message) {}
