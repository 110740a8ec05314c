package dev.berth.scheduler.domain.state;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** When to look at something again although nothing is heard of it. The earliest time counts. */
final class Agenda {
  private final Map<Subject, Instant> times = new HashMap<>();
  private final TreeMap<Instant, Set<Subject>> subjects = new TreeMap<>();

  void schedule(Subject subject, Instant time) {
    Instant known = times.get(subject);
    if (known != null) {
      if (!time.isBefore(known)) {
        return;
      }
      remove(subject, known);
    }
    times.put(subject, time);
    subjects.computeIfAbsent(time, t -> new LinkedHashSet<>()).add(subject);
  }

  /** Takes out what is due at {@code now}. */
  void due(Instant now, Consumer<Subject> consumer) {
    while (!subjects.isEmpty() && !subjects.firstKey().isAfter(now)) {
      for (Subject subject : subjects.pollFirstEntry().getValue()) {
        times.remove(subject);
        consumer.accept(subject);
      }
    }
  }

  /** The next time, or null. */
  Instant next() {
    return subjects.isEmpty() ? null : subjects.firstKey();
  }

  private void remove(Subject subject, Instant time) {
    Set<Subject> there = subjects.get(time);
    there.remove(subject);
    if (there.isEmpty()) {
      subjects.remove(time);
    }
  }
}
