package dev.berth.lb.domain;

import dev.berth.lb.domain.TargetState.Drained;
import dev.berth.lb.domain.TargetState.Draining;
import dev.berth.lb.domain.TargetState.Healthy;
import dev.berth.lb.domain.TargetState.Initial;
import dev.berth.lb.domain.TargetState.Unhealthy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where requests go: an immutable snapshot, by the listener's port. */
public record RoutingTable(Map<Integer, Route> byPort) {
  public static final RoutingTable EMPTY = new RoutingTable(Map.of());

  /** A listener and the targets that take its requests now. */
  public record Route(Listener listener, String targetGroupName, List<Target> targets) {
    public Route {
      targets = List.copyOf(targets);
    }
  }

  /** A target and its state. */
  public record Placed(Target target, TargetState state) {}

  public RoutingTable {
    byPort = Map.copyOf(byPort);
  }

  /**
   * The snapshot. Healthy targets take the traffic. Where a group has none, every target that isn't
   * draining does (ALB's fail open): those that are still unknown before those known to be bad.
   */
  public static RoutingTable of(
      Map<Integer, Listener> listeners,
      Map<String, TargetGroup> groups,
      Collection<Placed> targets) {
    Map<String, List<Placed>> byGroup = new HashMap<>();
    for (Placed placed : targets) {
      byGroup
          .computeIfAbsent(placed.target().key().targetGroupArn(), arn -> new ArrayList<>())
          .add(placed);
    }
    Map<Integer, Route> routes = new TreeMap<>();
    listeners.forEach(
        (port, listener) -> {
          TargetGroup group = groups.get(listener.targetGroupArn());
          routes.put(
              port,
              new Route(
                  listener,
                  group == null ? listener.targetGroupArn() : group.name(),
                  usable(byGroup.getOrDefault(listener.targetGroupArn(), List.of()))));
        });
    return new RoutingTable(routes);
  }

  private static List<Target> usable(List<Placed> placed) {
    int best = placed.stream().mapToInt(p -> rank(p.state())).min().orElse(TAKES_NOTHING);
    if (best == TAKES_NOTHING) {
      return List.of();
    }
    return placed.stream().filter(p -> rank(p.state()) == best).map(Placed::target).toList();
  }

  private static final int TAKES_NOTHING = 3;

  private static int rank(TargetState state) {
    return switch (state) {
      case Healthy healthy -> 0;
      case Initial initial -> 1;
      case Unhealthy unhealthy -> 2;
      case Draining draining -> TAKES_NOTHING;
      case Drained drained -> TAKES_NOTHING;
    };
  }
}
