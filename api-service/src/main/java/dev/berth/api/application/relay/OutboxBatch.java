package dev.berth.api.application.relay;

import dev.berth.api.application.events.StoredEvent;
import dev.berth.contracts.Topic;
import dev.berth.contracts.Versioned;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Turns outbox rows, public events and whole topics into records. */
final class OutboxBatch {
  private OutboxBatch() {}

  /**
   * One record for each resource that the rows name, however often: its state as it is now, or a
   * tombstone.
   *
   * @param current reads the current states of keys of one topic; called after the rows were read
   */
  static List<DesiredLog.Entry> of(
      Collection<OutboxEntry> rows,
      BiFunction<Topic, Collection<String>, Map<String, Object>> current,
      Clock clock) {
    Map<Topic, Map<String, OutboxEntry>> byTopic = new EnumMap<>(Topic.class);
    for (OutboxEntry row : rows) {
      byTopic.computeIfAbsent(row.topic(), topic -> new LinkedHashMap<>()).put(row.key(), row);
    }
    List<DesiredLog.Entry> entries = new ArrayList<>();
    byTopic.forEach(
        (topic, keys) -> {
          Map<String, Object> states = current.apply(topic, keys.keySet());
          Instant now = clock.instant();
          keys.forEach(
              (key, row) ->
                  entries.add(
                      entry(topic, key, row.partitionKey(), states.get(key), row.id(), now)));
        });
    return entries;
  }

  static DesiredLog.Entry entry(
      Topic topic, String key, String partitionKey, Object state, long rowId, Instant now) {
    String id = state instanceof Versioned v ? key + "@" + v.version() : key + "@row-" + rowId;
    return new DesiredLog.Entry(topic, key, partitionKey, state, id, now);
  }

  static DesiredLog.Entry entry(StoredEvent stored) {
    List<String> resources = stored.event().resources();
    String resource = resources.isEmpty() ? stored.event().id() : resources.getFirst();
    return new DesiredLog.Entry(
        Topic.EVENTS,
        resource,
        resource,
        stored.event(),
        stored.event().id(),
        stored.event().time());
  }
}
