package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.RoundRobin;
import dev.berth.lb.domain.TargetGroup;
import dev.berth.lb.domain.TargetGroupSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Chooses the targets of one group. What it chooses from is swapped whole; the object itself stays
 * for as long as there is the group, so that rules need not be touched when targets change.
 */
final class GroupBalancer {
  /** Of so many targets and more, the least busy one is looked for among a few drawn ones. */
  private static final int MANY = 64;

  private static final int DRAWN = 8;

  private final String arn;
  private final int[] turns;
  private volatile Choice choice;

  /**
   * @param healthySince when each became healthy, in nanoseconds of the data plane; 0 for one that
   *     gets its full share
   */
  private record Choice(
      TargetGroup group,
      List<Upstream> targets,
      List<Long> healthySince,
      Map<Long, Upstream> byHash) {}

  GroupBalancer(String arn, int loops) {
    this.arn = arn;
    this.turns = new int[loops];
    for (int i = 0; i < loops; i++) {
      // Loops that start at the same turn would all send their first request to the same target.
      turns[i] = i;
    }
  }

  void update(TargetGroup group, List<Upstream> targets, List<Long> healthySince) {
    choice =
        new Choice(
            group,
            List.copyOf(targets),
            List.copyOf(healthySince),
            targets.stream()
                .collect(Collectors.toMap(Upstream::hash, Function.identity(), (a, b) -> a)));
  }

  String arn() {
    return arn;
  }

  /** The group as it is now; null before its first update. */
  TargetGroup group() {
    Choice now = choice;
    return now == null ? null : now.group();
  }

  boolean isEmpty() {
    Choice now = choice;
    return now == null || now.targets().isEmpty();
  }

  /** The target that a cookie names, with a place in it taken; null when it takes nothing now. */
  Upstream acquire(long hash) {
    Choice now = choice;
    Upstream named = now == null ? null : now.byHash().get(hash);
    return named != null && named.acquire() ? named : null;
  }

  /** The next target, with a place in it taken; null when none takes a request. */
  Upstream acquire(int loop, long nowNanos, List<Upstream> except) {
    Choice now;
    Upstream chosen;
    do {
      now = choice;
      chosen = acquire(now, loop, nowNanos, except);
      // All that there were may have begun to drain since: others have taken their place by then.
    } while (chosen == null && !Objects.equals(now, choice));
    return chosen;
  }

  private Upstream acquire(Choice now, int loop, long nowNanos, List<Upstream> except) {
    if (now == null || now.targets().isEmpty()) {
      return null;
    }
    TargetGroupSettings settings = now.group().settings();
    Upstream chosen =
        switch (settings.algorithm()) {
          case ROUND_ROBIN -> roundRobin(now, turns[loop]++, nowNanos, except);
          case LEAST_OUTSTANDING_REQUESTS -> leastBusy(now, except);
          case WEIGHTED_RANDOM -> weightedRandom(now, settings.avoidAnomalies(), nowNanos, except);
        };
    // One that fell to the limits of a first look may still be the only one left.
    return chosen != null ? chosen : any(now, turns[loop]++, except);
  }

  /** Always the same target for the same key, as long as that takes traffic. */
  Upstream acquireByKey(long key) {
    Choice now = choice;
    if (now == null) {
      return null;
    }
    // Highest random weight: a target that comes or goes moves only its own flows.
    Upstream best = null;
    long highest = Long.MIN_VALUE;
    for (Upstream target : now.targets()) {
      long weight = mix(key ^ target.hash());
      if (!target.isDraining() && (best == null || weight > highest)) {
        best = target;
        highest = weight;
      }
    }
    return best != null && best.acquire() ? best : null;
  }

  private Upstream roundRobin(Choice now, int turn, long nowNanos, List<Upstream> except) {
    List<Upstream> targets = now.targets();
    int chosen =
        RoundRobin.next(
            turn,
            targets.size(),
            i ->
                !except.contains(targets.get(i))
                    && takesShare(now, i, nowNanos)
                    && targets.get(i).acquire());
    return chosen < 0 ? null : targets.get(chosen);
  }

  private static Upstream any(Choice now, int turn, List<Upstream> except) {
    List<Upstream> targets = now.targets();
    int chosen =
        RoundRobin.next(
            turn,
            targets.size(),
            i -> !except.contains(targets.get(i)) && targets.get(i).acquire());
    return chosen < 0 ? null : targets.get(chosen);
  }

  private static Upstream leastBusy(Choice now, List<Upstream> except) {
    List<Upstream> targets = now.targets();
    int size = targets.size();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int looks = size < MANY ? size : DRAWN;
    int start = random.nextInt(size);
    Upstream best = null;
    for (int i = 0; i < looks; i++) {
      int index = size < MANY ? (start + i) % size : random.nextInt(size);
      Upstream target = targets.get(index);
      boolean usable = !target.isDraining() && !except.contains(target);
      if (usable && (best == null || target.inFlight() < best.inFlight())) {
        best = target;
      }
    }
    return best != null && best.acquire() ? best : null;
  }

  private static Upstream weightedRandom(
      Choice now, boolean avoidAnomalies, long nowNanos, List<Upstream> except) {
    List<Upstream> targets = now.targets();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int start = random.nextInt(targets.size());
    int chosen =
        RoundRobin.next(
            start,
            targets.size(),
            i -> {
              Upstream target = targets.get(i);
              return !except.contains(target)
                  && takesShare(now, i, nowNanos)
                  && (!avoidAnomalies || !Anomaly.of(target, targets, random))
                  && target.acquire();
            });
    return chosen < 0 ? null : targets.get(chosen);
  }

  /** Slow start: a target that is new gets a share that grows with its age. */
  private static boolean takesShare(Choice now, int index, long nowNanos) {
    long since = now.healthySince().get(index);
    if (since == 0) {
      return true;
    }
    double share = (double) (nowNanos - since) / now.group().settings().slowStart().toNanos();
    return share >= 1 || ThreadLocalRandom.current().nextDouble() < Math.max(share, 0.01);
  }

  static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
