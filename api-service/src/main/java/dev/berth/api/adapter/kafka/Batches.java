package dev.berth.api.adapter.kafka;

import java.util.List;
import java.util.Objects;

/** What a batch holds. */
final class Batches {
  private Batches() {}

  /** The values in their order, tombstones left out. */
  static <T> List<T> values(List<Received<T>> records) {
    return records.stream().map(Received::value).filter(Objects::nonNull).toList();
  }
}
