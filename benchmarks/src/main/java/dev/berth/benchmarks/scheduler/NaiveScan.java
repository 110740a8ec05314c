package dev.berth.benchmarks.scheduler;

import dev.berth.contracts.query.ClusterQuery;
import dev.berth.contracts.query.UnreadableQueryException;
import dev.berth.scheduler.domain.state.InstanceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The peer of placement: for each task all instances are looked at, those that do are kept, and the
 * best of them is chosen. It chooses only: no record is made, nothing is reported.
 */
final class NaiveScan {
  private static final int CPU = 256;
  private static final int MEMORY = 512;
  private static final Duration FRESH_FOR = Duration.ofSeconds(10);

  private final List<Candidate> candidates = new ArrayList<>();
  private final Map<String, Integer> zones = new HashMap<>();
  private final ClusterQuery query;
  private final boolean distinct;
  private final Comparator<Candidate> order;

  NaiveScan(Collection<InstanceState> instances, ClusterRecords.Way way) {
    instances.forEach(instance -> candidates.add(new Candidate(instance)));
    try {
      query =
          way.constraints().contains("memberOf")
              ? ClusterQuery.parse(
                  "attribute:ecs.instance-type =~ m5\\.[0-7].*"
                      + " and not(attribute:ecs.availability-zone == zone-2)")
              : null;
    } catch (UnreadableQueryException e) {
      throw new IllegalStateException(e);
    }
    distinct = way.constraints().contains("distinctInstance");
    order =
        way.name().equals("binpack")
            ? Comparator.<Candidate>comparingLong(c -> c.memory).thenComparing(c -> c.instance.id())
            : Comparator.<Candidate>comparingInt(c -> zones.getOrDefault(c.zone, 0))
                .thenComparingInt(c -> c.tasks)
                .thenComparingLong(c -> -c.memory)
                .thenComparing(c -> c.instance.id());
  }

  /** Chooses instances for so many tasks of another group. */
  void place(int tasks) {
    zones.clear();
    candidates.forEach(candidate -> candidate.tasks = 0);
    for (int i = 0; i < tasks; i++) {
      Candidate best = null;
      for (Candidate candidate : candidates) {
        if (does(candidate) && (best == null || order.compare(candidate, best) < 0)) {
          best = candidate;
        }
      }
      if (best == null) {
        throw new IllegalStateException("No instance does");
      }
      best.tasks++;
      best.cpu -= CPU;
      best.memory -= MEMORY;
      zones.merge(best.zone, 1, Integer::sum);
    }
  }

  private boolean does(Candidate candidate) {
    return candidate.instance.isConnected(MeasuredCluster.START, FRESH_FOR)
        && candidate.cpu >= CPU
        && candidate.memory >= MEMORY
        && (!distinct || candidate.tasks == 0)
        && (query == null || query.matches(candidate.instance));
  }

  private static final class Candidate {
    private final InstanceState instance;
    private final String zone;
    private long cpu;
    private long memory;
    private int tasks;

    Candidate(InstanceState instance) {
      this.instance = instance;
      this.zone = instance.attribute("ecs.availability-zone");
      this.cpu = instance.freeCpu();
      this.memory = instance.freeMemory();
    }
  }
}
