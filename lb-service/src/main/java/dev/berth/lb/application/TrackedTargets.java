package dev.berth.lb.application;

import dev.berth.lb.domain.RoutingTable;
import dev.berth.lb.domain.TargetGroup;
import dev.berth.lb.domain.TargetKey;
import dev.berth.lb.domain.TargetState;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The targets that are followed, by their keys and by their groups. */
final class TrackedTargets {
  private final Map<TargetKey, Tracked> byKey = new HashMap<>();
  private final Map<String, TreeMap<String, Tracked>> byGroup = new HashMap<>();

  Tracked get(TargetKey key) {
    return byKey.get(key);
  }

  Collection<Tracked> all() {
    return byKey.values();
  }

  /** A copy. */
  Set<TargetKey> keys() {
    return new HashSet<>(byKey.keySet());
  }

  void add(Tracked target) {
    TargetKey key = target.target.key();
    byKey.put(key, target);
    byGroup
        .computeIfAbsent(key.targetGroupArn(), arn -> new TreeMap<>())
        .put(key.targetId(), target);
  }

  /** Removes this very one: one registered anew under its key stays. */
  void remove(Tracked target) {
    TargetKey key = target.target.key();
    byKey.remove(key, target);
    byGroup.computeIfPresent(
        key.targetGroupArn(),
        (arn, targets) -> {
          targets.remove(key.targetId(), target);
          return targets.isEmpty() ? null : targets;
        });
  }

  /** Those of a group that have a state, in the order of their ids. */
  List<RoutingTable.Placed> placed(String groupArn) {
    return byGroup.getOrDefault(groupArn, new TreeMap<>()).values().stream()
        .filter(target -> target.state != null)
        .map(target -> new RoutingTable.Placed(target.target, target.state))
        .toList();
  }

  /** How the targets of these groups are, by the groups' ARNs. */
  Map<String, Balancer.GroupHealth> health(Map<String, TargetGroup> groups) {
    Map<String, Balancer.GroupHealth> health = new HashMap<>();
    groups.forEach(
        (arn, group) -> {
          int registered = 0;
          int healthy = 0;
          for (Tracked target : byGroup.getOrDefault(arn, new TreeMap<>()).values()) {
            registered += target.state instanceof TargetState.Drained ? 0 : 1;
            healthy += target.state instanceof TargetState.Healthy ? 1 : 0;
          }
          health.put(arn, new Balancer.GroupHealth(group.name(), registered, healthy));
        });
    return health;
  }
}
