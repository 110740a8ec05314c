package dev.berth.scheduler.application;

import dev.berth.contracts.Topic;
import java.time.Instant;

/**
 * A record as it was read.
 *
 * @param value the event, or null for a tombstone
 * @param receivedAt when this process read it, by its own clock
 */
public record LogEntry(Topic topic, String key, Object value, Instant receivedAt) {}
