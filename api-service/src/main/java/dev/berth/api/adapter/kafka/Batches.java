package dev.berth.api.adapter.kafka;

import dev.berth.contracts.Versioned;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a batch holds. */
final class Batches {
  private Batches() {}

  /** The values in their order, tombstones left out. */
  static <T> List<T> values(List<Received<T>> records) {
    return records.stream().map(Received::value).filter(Objects::nonNull).toList();
  }

  /** The newest value of each key, and the keys whose last record is a tombstone. */
  record Newest<T>(List<T> values, List<String> erased) {}

  /** What is left of a batch when each key counts once; a late version isn't the newest. */
  static <T extends Versioned> Newest<T> newest(List<Received<T>> records) {
    Map<String, Received<T>> byKey = new LinkedHashMap<>();
    records.forEach(record -> byKey.merge(record.key(), record, Batches::newer));
    return new Newest<>(
        values(List.copyOf(byKey.values())),
        byKey.values().stream().filter(Received::isTombstone).map(Received::key).toList());
  }

  private static <T extends Versioned> Received<T> newer(Received<T> known, Received<T> next) {
    boolean late =
        !known.isTombstone()
            && !next.isTombstone()
            && next.value().version() <= known.value().version();
    return late ? known : next;
  }

  /** The keys whose last record is a tombstone. */
  static <T> Set<String> erased(List<Received<T>> records) {
    Set<String> keys = new HashSet<>();
    for (Received<T> record : records) {
      if (record.isTombstone()) {
        keys.add(record.key());
      } else {
        keys.remove(record.key());
      }
    }
    return keys;
  }
}
