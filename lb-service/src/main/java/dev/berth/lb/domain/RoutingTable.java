package dev.berth.lb.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where traffic goes: an immutable snapshot of the ports with their listeners and of the groups
 * with the targets that take traffic now. Parts that didn't change are the same objects as in the
 * snapshot before.
 */
public record RoutingTable(List<Port> ports, Map<String, Group> groups) {
  public static final RoutingTable EMPTY = new RoutingTable(List.of(), Map.of());

  /**
   * A port and the listeners that share it, the oldest load balancer's first.
   *
   * @param udp whether it is the UDP port of that number
   */
  public record Port(int number, boolean udp, List<Listener> listeners) {
    public Port {
      listeners = List.copyOf(listeners);
    }

    public Protocol protocol() {
      return listeners.get(0).protocol();
    }
  }

  /** A group and its targets that take traffic now. */
  public record Group(TargetGroup group, List<Routed> targets) {
    public Group {
      targets = List.copyOf(targets);
    }
  }

  /**
   * A target that takes traffic.
   *
   * @param healthySince when it became healthy; null when it isn't
   */
  public record Routed(Target target, Instant healthySince) {}

  /** A target and its state. */
  public record Placed(Target target, TargetState state) {}

  public RoutingTable {
    ports = List.copyOf(ports);
    groups = Map.copyOf(groups);
  }

  /** The snapshot of everything. */
  public static RoutingTable of(
      Collection<Listener> listeners,
      Map<String, TargetGroup> groups,
      Collection<Placed> targets,
      String zone) {
    Map<String, List<Placed>> byGroup =
        targets.stream()
            .collect(Collectors.groupingBy(placed -> placed.target().key().targetGroupArn()));
    Map<String, Group> routed = new TreeMap<>();
    groups.forEach(
        (arn, group) -> routed.put(arn, group(group, byGroup.getOrDefault(arn, List.of()), zone)));
    return new RoutingTable(ports(listeners), routed);
  }

  /** Listeners by port; a listener of TCP_UDP has both ports of its number. */
  public static List<Port> ports(Collection<Listener> listeners) {
    List<Port> ports = new ArrayList<>();
    byNumber(listeners, l -> l.protocol() != Protocol.UDP)
        .forEach((number, sharing) -> ports.add(new Port(number, false, sharing)));
    byNumber(listeners, l -> l.protocol() == Protocol.UDP || l.protocol() == Protocol.TCP_UDP)
        .forEach((number, sharing) -> ports.add(new Port(number, true, sharing)));
    return ports;
  }

  private static Map<Integer, List<Listener>> byNumber(
      Collection<Listener> listeners, Predicate<Listener> which) {
    return listeners.stream()
        .filter(which)
        .collect(Collectors.groupingBy(Listener::port, TreeMap::new, Collectors.toList()));
  }

  /**
   * Which targets of a group take traffic: the healthy ones. With fewer of them than the group asks
   * for (ELBv2: unhealthy_state_routing), every target that isn't draining does; with none at all,
   * those that are still unknown come before those known to be bad (ALB's fail open). A group
   * without cross-zone balancing uses targets of other zones only when its own has none.
   *
   * @param zone where this load balancer instance is; null when nobody says
   */
  public static Group group(TargetGroup group, List<Placed> all, String zone) {
    List<Placed> placed = ofZone(group, all, zone);
    long healthy = placed.stream().filter(p -> p.state() instanceof TargetState.Healthy).count();
    long present = placed.stream().filter(p -> rank(p.state()) < TAKES_NOTHING).count();
    TargetGroupSettings settings = group.settings();
    boolean tooFew =
        healthy < settings.minimumHealthyCount()
            || healthy * 100 < settings.minimumHealthyPercent() * present;
    int worst = TAKES_NOTHING;
    if (healthy > 0) {
      worst = tooFew ? 2 : 0;
    } else {
      worst = placed.stream().mapToInt(p -> rank(p.state())).min().orElse(TAKES_NOTHING);
    }
    int limit = worst;
    return new Group(
        group,
        placed.stream()
            .filter(p -> rank(p.state()) <= limit && rank(p.state()) < TAKES_NOTHING)
            .map(p -> new Routed(p.target(), healthySince(p.state())))
            .toList());
  }

  private static List<Placed> ofZone(TargetGroup group, List<Placed> all, String zone) {
    if (zone == null || !Boolean.FALSE.equals(group.settings().crossZone())) {
      return all;
    }
    List<Placed> near =
        all.stream()
            .filter(
                p -> {
                  String its = p.target().zone();
                  return its == null || its.equals("all") || its.equals(zone);
                })
            .toList();
    return near.stream().anyMatch(p -> rank(p.state()) < TAKES_NOTHING) ? near : all;
  }

  private static Instant healthySince(TargetState state) {
    return state instanceof TargetState.Healthy healthy ? healthy.since() : null;
  }

  private static final int TAKES_NOTHING = 3;

  private static int rank(TargetState state) {
    return switch (state) {
      case TargetState.Healthy healthy -> 0;
      case TargetState.Initial initial -> 1;
      case TargetState.Unhealthy unhealthy -> 2;
      case TargetState.Draining draining -> TAKES_NOTHING;
      case TargetState.Drained drained -> TAKES_NOTHING;
    };
  }
}
