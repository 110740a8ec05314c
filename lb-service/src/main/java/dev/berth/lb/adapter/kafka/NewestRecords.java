package dev.berth.lb.adapter.kafka;

import dev.berth.contracts.Topic;
import dev.berth.lb.application.SerialExecutor;
import dev.berth.log.EventRecords;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Writes the newest record of each key of a topic. At most one record per key is under way, and
 * what waits is replaced by what is newer: the order per key holds, and a log that is away costs no
 * memory.
 */
public final class NewestRecords {
  private static final Logger LOG = Logger.getLogger(NewestRecords.class);
  private static final int UNDER_WAY_AT_MOST = 128;
  private static final Duration RETRY = Duration.ofMillis(500);

  private final Topic topic;
  private final EventRecords records;
  private final InstantSource clock;
  private final Function<ProducerRecord<String, byte[]>, Uni<Void>> out;
  private final SerialExecutor turns;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final Map<String, Waiting> underWay = new LinkedHashMap<>();
  private long lastVersion;

  /** A record to write; no value means a tombstone. */
  private record Waiting(String partitionKey, Object value) {}

  /**
   * @param out writes a record; fails when the log has refused it
   * @param turns waits before what failed is written again
   */
  public NewestRecords(
      Topic topic,
      EventRecords records,
      InstantSource clock,
      Function<ProducerRecord<String, byte[]>, Uni<Void>> out,
      SerialExecutor turns) {
    this.topic = topic;
    this.records = records;
    this.clock = clock;
    this.out = out;
    this.turns = turns;
  }

  /** Writes a record that is made with its version. */
  void write(String key, String partitionKey, LongFunction<?> record) {
    synchronized (this) {
      // What is still waiting keeps its turn.
      waiting.put(key, new Waiting(partitionKey, record.apply(nextVersion())));
    }
    pump();
  }

  /** Writes a tombstone. */
  void delete(String key, String partitionKey) {
    synchronized (this) {
      waiting.put(key, new Waiting(partitionKey, null));
    }
    pump();
  }

  /** Grows over restarts as well: its high digits are the time. */
  private long nextVersion() {
    lastVersion = Math.max(lastVersion + 1, clock.millis() * 1000);
    return lastVersion;
  }

  private void pump() {
    while (true) {
      String key;
      Waiting next;
      synchronized (this) {
        key = takeKey();
        if (key == null) {
          return;
        }
        next = waiting.remove(key);
        underWay.put(key, next);
      }
      send(key, next);
    }
  }

  private String takeKey() {
    if (underWay.size() >= UNDER_WAY_AT_MOST) {
      return null;
    }
    for (Iterator<String> keys = waiting.keySet().iterator(); keys.hasNext(); ) {
      String key = keys.next();
      if (!underWay.containsKey(key)) {
        return key;
      }
    }
    return null;
  }

  private void send(String key, Waiting record) {
    ProducerRecord<String, byte[]> message =
        records.record(
            topic,
            key,
            record.partitionKey(),
            record.value(),
            UUID.randomUUID().toString(),
            clock.instant());
    // Deferred: a channel that throws is a failure like any other.
    Uni.createFrom()
        .deferred(() -> out.apply(message))
        .subscribe()
        .with(sent -> ended(key, null), failed -> ended(key, failed));
  }

  private void ended(String key, Throwable failed) {
    synchronized (this) {
      Waiting record = underWay.remove(key);
      if (failed != null) {
        LOG.warnf("Status %s could not be written, it is tried again: %s", key, failed);
        // What came meanwhile is newer and takes its place.
        waiting.putIfAbsent(key, record);
      }
    }
    if (failed == null) {
      pump();
    } else {
      turns.schedule(this::pump, RETRY);
    }
  }
}
