package dev.berth.api.application.port;

import dev.berth.contracts.Topic;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The current state of what users want, as the records that cross Kafka. Called by the relay. */
public interface DesiredStates {
  /** A resource with what chooses its partition. */
  record ResourceKey(String key, String partitionKey) {}

  /**
   * The current records of several resources of one topic. A key that is missing in the answer is
   * gone: its record is a tombstone.
   */
  Uni<Map<String, Object>> current(Topic topic, Collection<String> keys);

  /** The current record of one resource; empty means a tombstone. */
  default Uni<Optional<Object>> current(Topic topic, String key) {
    return current(topic, List.of(key)).map(records -> Optional.ofNullable(records.get(key)));
  }

  /**
   * The keys of every resource of a topic, in order, for publishing everything to a new log.
   *
   * @param after the last key of the page before, or null for the first page
   */
  Uni<List<ResourceKey>> page(Topic topic, String after, int limit);
}
