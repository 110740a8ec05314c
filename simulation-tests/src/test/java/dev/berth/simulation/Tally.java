package dev.berth.simulation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How often what happened. */
final class Tally {
  private final Counts<Fault> faults = new Counts<>(Fault.class);
  private final Counts<Change> changes = new Counts<>(Change.class);
  private final Counts<Effect> effects = new Counts<>(Effect.class);

  /** What users change. */
  enum Change {
    SERVICE_CREATED,
    SERVICE_DELETED,
    SERVICE_SCALED,
    SERVICE_DEPLOYED,
    SERVICE_DEPLOYED_BROKEN,
    SERVICE_DEPLOYED_AGAIN_BY_FORCE,
    SERVICE_RECONFIGURED,
    DEPLOYMENT_STOPPED,
    TASK_SET_CHANGED,
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
    LEADER_TOOK_OVER,
    PLAN_COMMITTED,
    PLAN_REFUSED_BY_FENCING,
    PROBE
  }

  void count(Fault fault) {
    faults.count(fault);
  }

  void count(Change change) {
    changes.count(change);
  }

  void count(Effect effect) {
    effects.count(effect);
  }

  long faults() {
    // Messages are delayed and shuffled all the time; only what strikes somebody counts.
    return Arrays.stream(Fault.values()).filter(Fault::strikes).mapToLong(this::of).sum();
  }

  long changes() {
    return changes.sum();
  }

  long of(Fault fault) {
    return faults.of(fault);
  }

  void add(Tally other) {
    faults.add(other.faults);
    changes.add(other.changes);
    effects.add(other.effects);
  }

  /** A table, a line each. */
  String table() {
    StringBuilder text = new StringBuilder();
    faults.lines(text, "Faults");
    changes.lines(text, "Changes by users");
    effects.lines(text, "What followed");
    return text.toString();
  }

  /** A number for each kind; counted in place, since it happens millions of times. */
  private static final class Counts<E extends Enum<E>> {
    private final Map<E, long[]> counts;

    private Counts(Class<E> kinds) {
      counts = new EnumMap<>(kinds);
      for (E kind : kinds.getEnumConstants()) {
        counts.put(kind, new long[1]);
      }
    }

    private void count(E kind) {
      counts.get(kind)[0]++;
    }

    private long of(E kind) {
      return counts.get(kind)[0];
    }

    private long sum() {
      return counts.values().stream().mapToLong(count -> count[0]).sum();
    }

    private void add(Counts<E> other) {
      counts.forEach((kind, count) -> count[0] += other.of(kind));
    }

    private void lines(StringBuilder text, String title) {
      text.append(title).append('\n');
      counts.forEach(
          (kind, count) ->
              text.append(
                  String.format(
                      Locale.ROOT,
                      "  %,12d  %s%n",
                      count[0],
                      kind.name().toLowerCase(Locale.ROOT))));
    }
  }
}
