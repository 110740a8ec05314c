package dev.berth.api.adapter.kafka;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What a batch holds. */
final class Batches {
  private Batches() {}

  /** The values in their order, tombstones left out. */
  static <T> List<T> values(List<Received<T>> records) {
    return records.stream().map(Received::value).filter(Objects::nonNull).toList();
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
