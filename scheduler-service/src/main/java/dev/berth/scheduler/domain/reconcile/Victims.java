package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.Capabilities;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which tasks of a service are stopped, so that what is left is balanced: those that
 * aren't healthy first, then from the availability zone with most tasks, then from the instance
 * with most, the newest first.
 */
final class Victims {
  private final List<Member> left;
  private final Map<String, Integer> zones = new HashMap<>();
  private final Map<String, Integer> instances = new HashMap<>();

  /**
   * @param candidates may be stopped
   * @param all tasks of the service, by which balance is measured
   */
  Victims(List<Member> candidates, List<Member> all) {
    this.left = new ArrayList<>(candidates);
    for (Member member : all) {
      zones.merge(zone(member), 1, Integer::sum);
      instances.merge(instance(member), 1, Integer::sum);
    }
  }

  /** The next to stop, or null. */
  Member next() {
    if (left.isEmpty()) {
      return null;
    }
    Member victim = left.stream().min(order()).orElseThrow();
    left.remove(victim);
    zones.merge(zone(victim), -1, Integer::sum);
    instances.merge(instance(victim), -1, Integer::sum);
    return victim;
  }

  private Comparator<Member> order() {
    return Comparator.<Member>comparingInt(member -> member.isHealthy() ? 1 : 0)
        .thenComparingInt(member -> member.leaving() ? 0 : 1)
        .thenComparingInt(member -> -zones.get(zone(member)))
        .thenComparingInt(member -> -instances.get(instance(member)))
        .thenComparing(
            member -> member.task().assignment().createdAt(),
            Comparator.nullsFirst(Comparator.reverseOrder()))
        .thenComparing(member -> member.task().taskId());
  }

  private static String zone(Member member) {
    return member.instance() == null
        ? ""
        : member.instance().attributes().getOrDefault(Capabilities.AVAILABILITY_ZONE, "");
  }

  private static String instance(Member member) {
    return String.valueOf(member.task().containerInstanceId());
  }
}
