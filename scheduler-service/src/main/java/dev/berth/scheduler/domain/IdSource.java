package dev.berth.scheduler.domain;

/** Ids and randomness, which the domain doesn't make itself so that its plans can be repeated. */
public interface IdSource {
  /** A new task id: 32 lower-case hex characters, never given twice. */
  String nextTaskId();

  /** A new id of a service event, never given twice. */
  String nextEventId();

  /** Any long, for placement strategy {@code random}. */
  long nextRandom();
}
