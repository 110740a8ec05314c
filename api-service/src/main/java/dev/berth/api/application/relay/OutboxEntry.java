package dev.berth.api.application.relay;

import dev.berth.contracts.Topic;

/**
 * "This resource changed."
 *
 * @param ageMillis how long ago, in milliseconds, when it was read
 */
public record OutboxEntry(long id, Topic topic, String key, String partitionKey, long ageMillis) {}
