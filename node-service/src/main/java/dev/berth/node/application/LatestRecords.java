package dev.berth.node.application;

import dev.berth.contracts.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jboss.logging.Logger;

/**
 * Writes records, one of a key at a time and always its newest. While the log is away only the
 * newest record of each key is kept, for as long as it takes.
 */
public final class LatestRecords {
  private static final Logger LOG = Logger.getLogger(LatestRecords.class);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final EventSink sink;
  private final Versions versions;
  private final ScheduledExecutorService timer;
  private final Map<Key, Slot> slots = new HashMap<>();
  private boolean failing;

  private record Key(Topic topic, String key, String partitionKey) {}

  /** A record without its version, or a tombstone when {@code record} is absent. */
  private record Pending(LongFunction<?> record) {}

  /** What is to be written next of a key, and whether something is under way. */
  private static final class Slot {
    private Pending next;
    private boolean inFlight;
  }

  public LatestRecords(EventSink sink, Versions versions, ScheduledExecutorService timer) {
    this.sink = sink;
    this.versions = versions;
    this.timer = timer;
  }

  /**
   * Writes a record, in place of one of the same key that still waits.
   *
   * @param record makes the record of a version
   */
  public void write(Topic topic, String key, String partitionKey, LongFunction<?> record) {
    offer(new Key(topic, key, partitionKey), new Pending(record));
  }

  /** Deletes a key by a tombstone. */
  public void delete(Topic topic, String key, String partitionKey) {
    offer(new Key(topic, key, partitionKey), new Pending(null));
  }

  /** How many keys have a record that the log hasn't got yet. */
  public int waiting() {
    synchronized (slots) {
      return slots.size();
    }
  }

  private void offer(Key key, Pending pending) {
    Pending toSend;
    synchronized (slots) {
      Slot slot = slots.computeIfAbsent(key, absent -> new Slot());
      slot.next = pending;
      toSend = take(slot);
    }
    send(key, toSend);
  }

  private static Pending take(Slot slot) {
    if (slot == null || slot.inFlight || slot.next == null) {
      return null;
    }
    Pending pending = slot.next;
    slot.next = null;
    slot.inFlight = true;
    return pending;
  }

  private void send(Key key, Pending pending) {
    if (pending == null) {
      return;
    }
    attempt(key, pending)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                sent(key);
              } else {
                failed(key, pending, failure);
              }
            });
  }

  /** A sink that refuses a record at once must not leave its key under way for ever. */
  private CompletionStage<Void> attempt(Key key, Pending pending) {
    try {
      Object value = pending.record() == null ? null : pending.record().apply(versions.next());
      return sink.send(key.topic(), key.key(), key.partitionKey(), value);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void sent(Key key) {
    Pending toSend;
    synchronized (slots) {
      failing = false;
      Slot slot = slots.get(key);
      slot.inFlight = false;
      toSend = take(slot);
      if (toSend == null) {
        slots.remove(key);
      }
    }
    send(key, toSend);
  }

  private void failed(Key key, Pending pending, Throwable failure) {
    boolean first;
    synchronized (slots) {
      first = !failing;
      failing = true;
      Slot slot = slots.get(key);
      slot.inFlight = false;
      if (slot.next == null) {
        slot.next = pending;
      }
    }
    if (first) {
      LOG.warnf("Records can't be written and are kept: %s", failure.getMessage());
    }
    var unused = timer.schedule(() -> retry(key), RETRY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void retry(Key key) {
    Pending toSend;
    synchronized (slots) {
      toSend = take(slots.get(key));
    }
    send(key, toSend);
  }
}
