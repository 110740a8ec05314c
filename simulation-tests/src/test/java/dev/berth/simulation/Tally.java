package dev.berth.simulation;

import java.util.Arrays;
import java.util.Locale;

/** How often what happened. */
final class Tally {
  private final long[] faults = new long[Fault.values().length];
  private final long[] changes = new long[Change.values().length];
  private final long[] effects = new long[Effect.values().length];

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
    faults[fault.ordinal()]++;
  }

  void count(Change change) {
    changes[change.ordinal()]++;
  }

  void count(Effect effect) {
    effects[effect.ordinal()]++;
  }

  long faults() {
    // Messages are delayed and shuffled all the time; only what strikes somebody counts.
    return Arrays.stream(Fault.values()).filter(Fault::strikes).mapToLong(this::of).sum();
  }

  long changes() {
    return Arrays.stream(changes).sum();
  }

  long of(Fault fault) {
    return faults[fault.ordinal()];
  }

  void add(Tally other) {
    add(faults, other.faults);
    add(changes, other.changes);
    add(effects, other.effects);
  }

  private static void add(long[] sums, long[] more) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += more[i];
    }
  }

  /** A table, a line each. */
  String table() {
    StringBuilder text = new StringBuilder();
    lines(text, "Faults", Fault.values(), faults);
    lines(text, "Changes by users", Change.values(), changes);
    lines(text, "What followed", Effect.values(), effects);
    return text.toString();
  }

  private static void lines(StringBuilder text, String title, Enum<?>[] kinds, long[] counts) {
    text.append(title).append('\n');
    for (Enum<?> kind : kinds) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %,12d  %s%n",
              counts[kind.ordinal()],
              kind.name().toLowerCase(Locale.ROOT)));
    }
  }
}
