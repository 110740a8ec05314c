package dev.berth.lb.domain;

import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.ManualTarget;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetDesiredState;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the balancer is to be: the desired records in its own words. What can't be done as written
 * is left out or replaced by a default, and stands in {@code problems}.
 *
 * @param refused why listeners are left out, by their ARNs
 */
public record Wanted(
    List<Listener> listeners,
    Map<String, TargetGroup> groups,
    Map<TargetKey, WantedTarget> targets,
    Map<String, String> refused,
    List<String> problems) {
  public static final Wanted NOTHING =
      new Wanted(List.of(), Map.of(), Map.of(), Map.of(), List.of());

  /** A target, and whether it is to take new requests. */
  public record WantedTarget(Target target, boolean draining) {}

  public Wanted {
    // In an order of their own: what follows must not depend on the run of a process.
    listeners = List.copyOf(listeners);
    groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    refused = Map.copyOf(refused);
    problems = List.copyOf(problems);
  }

  /** Groups that are new or other than before, by their ARNs. */
  public Set<String> groupsOtherThan(Wanted before) {
    Set<String> others = new HashSet<>();
    groups.forEach(
        (arn, group) -> {
          if (!group.equals(before.groups.get(arn))) {
            others.add(arn);
          }
        });
    return others;
  }

  /** Whether a group's targets are checked otherwise than before. */
  public boolean checksOtherwise(String groupArn, Wanted before) {
    TargetGroup now = groups.get(groupArn);
    TargetGroup then = before.groups.get(groupArn);
    return now != null && (then == null || !then.healthCheck().equals(now.healthCheck()));
  }

  /** Reads the desired state; equal states give equal results, whatever the order they came in. */
  public static Wanted of(DesiredState desired, ManualTargetPolicy policy) {
    return new Reading(policy).read(desired);
  }

  /** Who had a port first keeps it. */
  private static final Comparator<LoadBalancerDesired> OLDEST_FIRST =
      Comparator.comparing(
              LoadBalancerDesired::createdAt, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(LoadBalancerDesired::loadBalancerName);

  private static final class Reading {
    private final ManualTargetPolicy policy;
    private final List<Listener> listeners = new ArrayList<>();
    private final Map<String, Listener> firstOnPort = new HashMap<>();
    private final Map<String, TargetGroup> groups = new HashMap<>();
    private final Map<TargetKey, WantedTarget> targets = new HashMap<>();
    private final Map<String, String> refused = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    Reading(ManualTargetPolicy policy) {
      this.policy = policy;
    }

    Wanted read(DesiredState desired) {
      // A group that two balancers share comes with both; the newer record is the truth.
      List<LoadBalancerDesired> newestFirst =
          desired.loadBalancers().stream()
              .sorted(Comparator.comparingLong(LoadBalancerDesired::version).reversed())
              .toList();
      for (LoadBalancerDesired balancer : newestFirst) {
        balancer.targetGroups().forEach(group -> group(balancer, group));
      }
      desired.loadBalancers().stream()
          .sorted(OLDEST_FIRST)
          .forEach(balancer -> balancer.listeners().forEach(l -> listener(balancer, l)));
      desired.targets().forEach(this::target);
      return new Wanted(listeners, groups, targets, refused, problems);
    }

    private void listener(LoadBalancerDesired balancer, ListenerDesired desired) {
      Listener listener;
      try {
        listener = ListenerReading.read(balancer, desired);
      } catch (IllegalArgumentException e) {
        refuse(desired.listenerArn(), e.getMessage());
        return;
      }
      for (String port : transports(listener)) {
        Listener first = firstOnPort.putIfAbsent(port, listener);
        if (first != null && !canShare(first, listener)) {
          refuse(
              listener.listenerArn(),
              "port %d belongs to load balancer %s"
                  .formatted(listener.port(), first.loadBalancer()));
          return;
        }
      }
      listeners.add(listener);
    }

    private void refuse(String listenerArn, String reason) {
      refused.put(listenerArn, reason);
      problems.add("Listener %s: %s".formatted(listenerArn, reason));
    }

    private static List<String> transports(Listener listener) {
      return switch (listener.protocol()) {
        case UDP -> List.of("udp:" + listener.port());
        case TCP_UDP -> List.of("tcp:" + listener.port(), "udp:" + listener.port());
        default -> List.of("tcp:" + listener.port());
      };
    }

    /** Names tell requests apart: the Host header, or the server name of TLS. */
    private static boolean canShare(Listener first, Listener other) {
      return first.protocol() == other.protocol()
          && (first.protocol().isHttp() || first.protocol() == Protocol.TLS)
          && !first.loadBalancerArn().equals(other.loadBalancerArn());
    }

    private void group(LoadBalancerDesired balancer, TargetGroupDesired desired) {
      String arn = desired.targetGroupArn();
      if (groups.containsKey(arn)) {
        return;
      }
      try {
        groups.put(arn, TargetGroupReading.read(balancer, desired, problems::add));
      } catch (IllegalArgumentException e) {
        problems.add("Target group %s: %s".formatted(arn, e.getMessage()));
        return;
      }
      for (ManualTarget manual : desired.targets()) {
        manualTarget(arn, manual);
      }
    }

    private void manualTarget(String groupArn, ManualTarget manual) {
      String id = manual.id() == null ? manual.host() + ":" + manual.port() : manual.id();
      Optional<String> refusal = policy.refusal(manual.host(), manual.port());
      if (refusal.isPresent()) {
        problems.add("Target %s of %s: %s".formatted(id, groupArn, refusal.get()));
        return;
      }
      TargetKey key = new TargetKey(groupArn, id);
      Target target =
          new Target(key, manual.host(), manual.port(), null, null, manual.availabilityZone());
      targets.put(key, new WantedTarget(target, false));
    }

    private void target(TargetDesired desired) {
      if (desired.host() == null || desired.port() < 1 || desired.port() > 65535) {
        problems.add(
            "Target %s of %s: %s:%d is no address"
                .formatted(
                    desired.targetId(), desired.targetGroupArn(), desired.host(), desired.port()));
        return;
      }
      TargetKey key = new TargetKey(desired.targetGroupArn(), desired.targetId());
      targets.put(
          key,
          new WantedTarget(
              new Target(
                  key,
                  desired.host(),
                  desired.port(),
                  desired.cluster(),
                  desired.taskId(),
                  desired.availabilityZone()),
              desired.state() == TargetDesiredState.DRAINING));
    }
  }
}
