package dev.berth.simulation;

import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Kafka as far as Berth relies on it: partitions that keep their order, compaction, transactions
 * that are fenced, readers of committed records. It can be away, and it can be emptied.
 */
final class SimLog {
  /** One cluster has one scheduler; nodes share partitions as in a new installation. */
  static final Partitions PARTITIONS = new Partitions(1, Partitions.DEFAULT.byInstance(), 1);

  private static final int NEAR = 16;
  private static final long TOMBSTONES_KEPT = 40 * Sim.MINUTE;
  private static final long NEVER_COMPACTED_BEFORE = Sim.MINUTE;

  private final Sim sim;
  private final Map<Topic, Part[]> topics = new EnumMap<>(Topic.class);
  private final Map<Topic, Map<String, Entry>> latest = new EnumMap<>(Topic.class);
  private final Map<String, Integer> epochs = new HashMap<>();
  private final List<Runnable> replacedListeners = new ArrayList<>();
  private Appended appended = (topic, key, value) -> {};
  private int generation = 1;
  private boolean reachable = true;

  SimLog(Sim sim) {
    this.sim = sim;
    for (Topic topic : Topic.values()) {
      Part[] parts = new Part[PARTITIONS.countOf(topic)];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = new Part(topic);
      }
      topics.put(topic, parts);
      latest.put(topic, new HashMap<>());
    }
  }

  /** Hears of every record. */
  interface Appended {
    void record(Topic topic, String key, Object value);
  }

  /** Somebody else's transaction came in between. */
  static final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FencedException(String message) {
      super(message);
    }
  }

  record Entry(long offset, String key, Object value, long at) {}

  /** One partition. */
  static final class Part {
    private final Topic topic;
    private final List<LogReader> readers = new ArrayList<>();
    private List<Entry> entries = new ArrayList<>();
    private long next;

    Part(Topic topic) {
      this.topic = topic;
    }

    Topic topic() {
      return topic;
    }

    /** The offset after the last record. */
    long end() {
      return next;
    }

    /** The index of the first record at or after an offset. */
    int indexOf(long offset) {
      int low = 0;
      int high = entries.size();
      if (offset >= next) {
        return high;
      }
      // Mostly it is one of the last.
      if (high > NEAR && entries.get(high - NEAR).offset() < offset) {
        low = high - NEAR;
      }
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (entries.get(middle).offset() < offset) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    int size() {
      return entries.size();
    }

    Entry at(int index) {
      return entries.get(index);
    }

    void follow(LogReader reader) {
      readers.removeIf(r -> r.life().isOver());
      readers.add(reader);
    }
  }

  void onAppend(Appended listener) {
    appended = listener;
  }

  /** Told when the log was emptied. */
  void onReplaced(Runnable listener) {
    replacedListeners.add(listener);
  }

  boolean isReachable() {
    return reachable;
  }

  void reachable(boolean value) {
    reachable = value;
  }

  /** Another name for every log there ever was. */
  String identity() {
    return "log-" + generation;
  }

  int generation() {
    return generation;
  }

  Part[] parts(Topic topic) {
    return topics.get(topic);
  }

  Part part(Topic topic, String partitionKey) {
    return topics.get(topic)[partition(topic, partitionKey)];
  }

  /** What the log holds of a key of a compacted topic, or null. */
  Object latest(Topic topic, String key) {
    Entry entry = latest.get(topic).get(key);
    return entry == null ? null : entry.value();
  }

  private static int partition(Topic topic, String partitionKey) {
    return switch (topic.partitionedBy()) {
      case CLUSTER -> PARTITIONS.ofCluster(partitionKey);
      case INSTANCE -> PARTITIONS.ofInstance(partitionKey);
      case RESOURCE -> PARTITIONS.ofResource(partitionKey);
      case NOTHING -> 0;
    };
  }

  /** Writes a record; null is a tombstone. */
  void append(Topic topic, String key, String partitionKey, Object value) {
    Part part = part(topic, partitionKey);
    Entry entry = new Entry(part.next++, key, value, sim.now());
    part.entries.add(entry);
    if (topic.isCompacted()) {
      latest.get(topic).put(key, entry);
    }
    appended.record(topic, key, value);
    for (LogReader reader : part.readers) {
      reader.wake();
    }
  }

  /** Begins the use of a transactional id: whoever used it before can't commit any more. */
  int fence(String transactionalId) {
    return epochs.merge(transactionalId, 1, Integer::sum);
  }

  /**
   * Says that a transaction may commit.
   *
   * @throws FencedException if the id is somebody else's by now, or the log is away
   */
  void checkEpoch(String transactionalId, int epoch) {
    if (!reachable) {
      throw new FencedException("Kafka is away");
    }
    if (epochs.getOrDefault(transactionalId, 0) != epoch) {
      throw new FencedException("Fenced by a newer producer");
    }
  }

  /** Keeps the newest record of each key of compacted topics, and the recent ones of others. */
  void compact() {
    for (Part[] parts : topics.values()) {
      for (Part part : parts) {
        if (part.topic.isCompacted()) {
          compact(part);
        } else {
          long oldest = sim.now() - 10 * Sim.MINUTE;
          part.entries.removeIf(entry -> entry.at() < oldest);
        }
      }
    }
  }

  private void compact(Part part) {
    long clean = sim.now() - NEVER_COMPACTED_BEFORE;
    long tombstonesSince = sim.now() - TOMBSTONES_KEPT;
    Map<String, Entry> newest = latest.get(part.topic);
    List<Entry> kept = new ArrayList<>();
    for (Entry entry : part.entries) {
      if (entry.at() >= clean) {
        kept.add(entry);
      } else if (isNewest(entry, newest.get(entry.key()))) {
        if (entry.value() != null || entry.at() >= tombstonesSince) {
          kept.add(entry);
        } else {
          newest.remove(entry.key());
        }
      }
    }
    part.entries = kept;
  }

  private static boolean isNewest(Entry entry, Entry newest) {
    return newest != null && newest.offset() == entry.offset();
  }

  /** Loses everything, and is another log afterwards. */
  void empty() {
    generation++;
    for (Part[] parts : topics.values()) {
      for (Part part : parts) {
        part.entries = new ArrayList<>();
        part.next = 0;
      }
    }
    latest.values().forEach(Map::clear);
    epochs.clear();
    replacedListeners.forEach(Runnable::run);
  }
}
