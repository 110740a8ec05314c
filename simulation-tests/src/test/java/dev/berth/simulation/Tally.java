package dev.berth.simulation;

import java.util.EnumMap;
import java.util.Map;

/** How often what happened. */
final class Tally {
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final Map<Change, Long> changes = new EnumMap<>(Change.class);
  private final Map<Effect, Long> effects = new EnumMap<>(Effect.class);

  /** What users change. */
  enum Change {
    SERVICE_CREATED,
    SERVICE_DELETED,
    SERVICE_SCALED,
    SERVICE_DEPLOYED,
    SERVICE_DEPLOYED_BROKEN,
    SERVICE_DEPLOYED_AGAIN_BY_FORCE,
    SERVICE_RECONFIGURED,
    TASK_RUN,
    TASK_STOPPED,
    TASK_PROTECTED,
    INSTANCE_DRAINED,
    INSTANCE_ACTIVATED,
    INSTANCE_DEREGISTERED,
    INSTANCE_DEREGISTERED_BY_FORCE
  }

  /** What follows by itself. */
  enum Effect {
    TASK_STARTED,
    TASK_STOPPED,
    INSTANCE_LOST,
    LEADER_TOOK_OVER,
    PLAN_COMMITTED,
    PLAN_REFUSED_BY_FENCING,
    PROBE
  }

  void count(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  void count(Change change) {
    changes.merge(change, 1L, Long::sum);
  }

  void count(Effect effect) {
    effects.merge(effect, 1L, Long::sum);
  }

  long faults() {
    // Messages are delayed and shuffled all the time; only what strikes somebody counts.
    return faults.entrySet().stream()
        .filter(e -> e.getKey().strikes())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  long changes() {
    return changes.values().stream().mapToLong(Long::longValue).sum();
  }

  long of(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  void add(Tally other) {
    other.faults.forEach((key, n) -> faults.merge(key, n, Long::sum));
    other.changes.forEach((key, n) -> changes.merge(key, n, Long::sum));
    other.effects.forEach((key, n) -> effects.merge(key, n, Long::sum));
  }

  /** A table, a line each. */
  String table() {
    StringBuilder text = new StringBuilder();
    line(text, "Faults", faults);
    line(text, "Changes by users", changes);
    line(text, "What followed", effects);
    return text.toString();
  }

  private static <E extends Enum<E>> void line(StringBuilder text, String title, Map<E, Long> map) {
    text.append(title).append('\n');
    map.forEach(
        (key, n) ->
            text.append(
                String.format("  %,12d  %s%n", n, key.name().toLowerCase(java.util.Locale.ROOT))));
  }
}
