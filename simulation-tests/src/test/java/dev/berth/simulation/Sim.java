package dev.berth.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;

/**
 * Time, chance and what is to happen next. One thread runs everything, so that a seed decides the
 * whole story.
 */
final class Sim {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final long SECOND = 1_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;

  private final PriorityQueue<Event> events = new PriorityQueue<>(4_096);
  private final Clock clock = new SimClock();
  private final Dice dice;
  private final Story story = new Story(this);
  private final Tally tally = new Tally();
  private long now = START.toEpochMilli();
  private Instant instant = START;
  private long sequence;
  private long happened;
  private Violation violation;

  Sim(long seed) {
    dice = new Dice(seed);
  }

  /** Something that happens at a moment, to a process that may be over by then. */
  private record Event(long at, long sequence, Life life, Runnable action)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  /** Milliseconds since 1970. */
  long now() {
    return now;
  }

  Instant instant() {
    return instant;
  }

  Clock clock() {
    return clock;
  }

  Dice dice() {
    return dice;
  }

  Story story() {
    return story;
  }

  Tally tally() {
    return tally;
  }

  /** How many things have happened so far: the same number for the same seed. */
  long happened() {
    return happened;
  }

  /** Lets something happen later, unless the process it belongs to is over by then. */
  void after(long millis, Life life, Runnable action) {
    events.add(new Event(now + Math.max(0, millis), ++sequence, life, action));
  }

  /**
   * Lets time pass.
   *
   * @throws Violation as soon as something was seen that must not be
   */
  void runUntil(long end) {
    while (!events.isEmpty() && events.peek().at() <= end) {
      Event next = events.poll();
      if (next.life().isOver()) {
        continue;
      }
      if (next.at() != now) {
        now = next.at();
        instant = Instant.ofEpochMilli(now);
      }
      happened++;
      next.action().run();
      if (violation != null) {
        throw violation;
      }
    }
    now = end;
    instant = Instant.ofEpochMilli(now);
  }

  /**
   * Something is as it must not be. Told here rather than thrown, since what is simulated catches
   * exceptions; the first one ends the simulation.
   *
   * @param about the ids of what it is about, for the story
   */
  void violated(String what, Object... about) {
    if (violation == null) {
      violation = new Violation(what, about);
    }
  }

  private final class SimClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("Simulated time has one zone");
    }

    @Override
    public Instant instant() {
      return instant;
    }

    @Override
    public long millis() {
      return now;
    }
  }
}
