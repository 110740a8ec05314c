package dev.berth.lb.application;

import dev.berth.lb.domain.Listener;
import dev.berth.lb.domain.RoutingTable;
import dev.berth.lb.domain.TargetGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the data plane is to know and doesn't yet. Changes are gathered over turns and handed over
 * at once, and what may happen only afterwards with them: a thousand targets that leave together
 * cost one routing, not a thousand.
 */
final class PendingRoutes {
  /** With so many targets, a routing costs enough for the next one to wait for more changes. */
  static final int MANY_TARGETS = 500;

  static final Duration PAUSE = Duration.ofMillis(50);

  private final DataPlane dataPlane;
  private final TrackedTargets tracked;
  private final String zone;
  private final Map<String, RoutingTable.Group> routed = new HashMap<>();
  private final Set<String> changedGroups = new HashSet<>();
  private List<RoutingTable.Port> ports = List.of();
  private List<Runnable> afterwards = new ArrayList<>();
  private boolean changed;
  private Instant handedOver = Instant.MIN;

  PendingRoutes(DataPlane dataPlane, TrackedTargets tracked, String zone) {
    this.dataPlane = dataPlane;
    this.tracked = tracked;
    this.zone = zone;
  }

  void listeners(Collection<Listener> listeners) {
    ports = RoutingTable.ports(listeners);
    changed = true;
  }

  void groups(Set<String> known, Set<String> changedOnes) {
    changedGroups.addAll(changedOnes);
    if (routed.keySet().retainAll(known)) {
      changed = true;
    }
  }

  void groupChanged(String arn) {
    changedGroups.add(arn);
  }

  /** Done once the data plane has the routes as they are now, or newer ones. */
  void afterwards(Runnable action) {
    afterwards.add(action);
  }

  boolean isEmpty() {
    return !changed && changedGroups.isEmpty() && afterwards.isEmpty();
  }

  /** How long to wait for more of the same: not at all, unless there is much to hand over. */
  Duration delay(Instant now) {
    Instant next = handedOver.plus(PAUSE);
    // A clock that was set back is no reason to wait longer than once.
    return tracked.all().size() < MANY_TARGETS || !now.isBefore(next) || now.isBefore(handedOver)
        ? Duration.ZERO
        : Duration.between(now, next);
  }

  void handOver(Map<String, TargetGroup> groups, Instant now) {
    if (changed || !changedGroups.isEmpty()) {
      changed = false;
      for (String arn : changedGroups) {
        TargetGroup group = groups.get(arn);
        if (group != null) {
          routed.put(arn, RoutingTable.group(group, tracked.placed(arn), zone));
        }
      }
      changedGroups.clear();
      dataPlane.route(new RoutingTable(ports, routed));
      handedOver = now;
    }
    List<Runnable> due = afterwards;
    afterwards = new ArrayList<>();
    due.forEach(Runnable::run);
  }
}
