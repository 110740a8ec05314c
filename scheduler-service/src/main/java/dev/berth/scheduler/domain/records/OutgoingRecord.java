package dev.berth.scheduler.domain.records;

import dev.berth.contracts.Topic;

/**
 * A record to write.
 *
 * @param partitionKey what {@link Topic#partitionedBy} asks for: the cluster or the instance
 * @param value the record, or null for a tombstone
 */
public record OutgoingRecord(Topic topic, String key, String partitionKey, Object value) {}
