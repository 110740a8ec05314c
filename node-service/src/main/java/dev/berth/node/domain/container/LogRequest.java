package dev.berth.node.domain.container;

import java.time.Instant;

/**
 * Which part of a container's log is wanted.
 *
 * @param follow whether to go on until the container ends
 * @param tail number of last lines, {@code null} for all
 * @param since nothing older, {@code null} for all
 */
public record LogRequest(boolean follow, Integer tail, Instant since) {}
