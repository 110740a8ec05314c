package dev.berth.simulation;

import dev.berth.contracts.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Reads partitions: each in its order, one among the others in any order, late at times, and some
 * records twice where its owner asks for it.
 */
final class LogReader {
  private static final int MOST_AT_ONCE = 500;
  private static final long RETRY = 500;

  private final Sim sim;
  private final Life life;
  private final SimLog log;
  private final List<SimLog.Part> parts = new ArrayList<>();
  private final Handler handler;
  private final Runnable afterBatch;
  private final BooleanSupplier connected;
  private final long usualDelay;
  private long[] positions;
  private boolean scheduled;
  private long stuckUntil;

  /** Takes a record. */
  interface Handler {
    void take(Topic topic, String key, Object value);
  }

  /**
   * @param connected whether the network lets the reader reach the log
   * @param usualDelay how many milliseconds after a record was written it is read, mostly
   */
  LogReader(
      Sim sim,
      Life life,
      SimLog log,
      BooleanSupplier connected,
      long usualDelay,
      Handler handler,
      Runnable afterBatch) {
    this.sim = sim;
    this.life = life;
    this.log = log;
    this.connected = connected;
    this.usualDelay = usualDelay;
    this.handler = handler;
    this.afterBatch = afterBatch;
  }

  Life life() {
    return life;
  }

  /** Follows a partition; to be called before {@link #start}. */
  void add(SimLog.Part part) {
    parts.add(part);
  }

  /** Begins, at these offsets or at the beginning. */
  void start(long[] from) {
    positions = from == null ? new long[parts.size()] : from.clone();
    parts.forEach(part -> part.follow(this));
    wake();
  }

  long[] positions() {
    return positions.clone();
  }

  void seek(int part, long offset) {
    positions[part] = offset;
    wake();
  }

  /** Reads everything again from the beginning. */
  void rewind() {
    positions = new long[parts.size()];
    wake();
  }

  /** Reads nothing for a while. */
  void stick(long millis) {
    stuckUntil = sim.now() + millis;
    if (!scheduled) {
      wake();
    }
  }

  /** There may be something to read. */
  void wake() {
    if (!scheduled && !life.isOver() && positions != null) {
      scheduled = true;
      long delay = sim.dice().delay(usualDelay, Math.min(4_000, 40 * usualDelay));
      if (delay > usualDelay) {
        sim.tally().count(Fault.MESSAGE_DELAYED);
      }
      sim.after(Math.max(delay, stuckUntil - sim.now()), life, this::poll);
    }
  }

  boolean isAtEnd() {
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] < parts.get(i).end()) {
        return false;
      }
    }
    return true;
  }

  /** Reads all there is by now, partition by partition. */
  void readToEnd() {
    while (!isAtEnd() && !life.isOver()) {
      round(Integer.MAX_VALUE);
    }
  }

  private void poll() {
    scheduled = false;
    if (!log.isReachable() || !connected.getAsBoolean() || sim.now() < stuckUntil) {
      scheduled = true;
      sim.after(Math.max(RETRY, stuckUntil - sim.now()), life, this::poll);
      return;
    }
    round(sim.dice().chance(0.1) ? (int) sim.dice().between(1, 3) : MOST_AT_ONCE);
    if (life.isOver()) {
      return;
    }
    afterBatch.run();
    if (!life.isOver() && !isAtEnd()) {
      wake();
    }
  }

  private void round(int most) {
    int count = parts.size();
    int first = count == 1 ? 0 : sim.dice().below(count);
    int nonEmpty = 0;
    for (int i = 0; i < count && !life.isOver(); i++) {
      if (read((first + i) % count, most)) {
        nonEmpty++;
      }
    }
    if (nonEmpty > 1) {
      sim.tally().count(Fault.MESSAGES_REORDERED);
    }
  }

  private boolean read(int number, int most) {
    SimLog.Part part = parts.get(number);
    if (positions[number] == part.end()) {
      return false;
    }
    if (positions[number] > part.end()) {
      // Offsets of a log that is no more: the client begins again at the earliest.
      positions[number] = 0;
    }
    int index = part.indexOf(positions[number]);
    int taken = 0;
    while (taken < most && !life.isOver()) {
      // Handling a record may have written others, and compaction may have moved this one.
      if (index >= part.size()) {
        positions[number] = part.end();
        break;
      }
      SimLog.Entry entry = part.at(index++);
      positions[number] = entry.offset() + 1;
      handler.take(part.topic(), entry.key(), entry.value());
      taken++;
    }
    return taken > 0;
  }
}
