package dev.berth.lb.domain;

import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.ManualTarget;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetDesiredState;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the balancer is to be: the desired records in its own words. What can't be done as written
 * is left out or replaced by a default, and stands in {@code problems}.
 */
public record Wanted(
    Map<Integer, Listener> listeners,
    Map<String, TargetGroup> groups,
    Map<TargetKey, WantedTarget> targets,
    List<String> problems) {
  /** A target, and whether it is to take new requests. */
  public record WantedTarget(Target target, boolean draining) {}

  public Wanted {
    // In an order of their own: what follows must not depend on the run of a process.
    listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners));
    groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    problems = List.copyOf(problems);
  }

  /** Reads the desired state; equal states give equal results, whatever the order they came in. */
  public static Wanted of(DesiredState desired, ManualTargetPolicy policy) {
    return new Reading(policy).read(desired);
  }

  private static final class Reading {
    private final ManualTargetPolicy policy;
    private final Map<Integer, Listener> listeners = new TreeMap<>();
    private final Map<String, TargetGroup> groups = new HashMap<>();
    private final Map<TargetKey, WantedTarget> targets = new HashMap<>();
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
        balancer.targetGroups().forEach(this::group);
      }
      desired.loadBalancers().stream()
          .sorted(Comparator.comparing(LoadBalancerDesired::loadBalancerName))
          .forEach(balancer -> balancer.listeners().forEach(l -> listener(balancer, l)));
      desired.targets().forEach(this::target);
      return new Wanted(listeners, groups, targets, problems);
    }

    private void listener(LoadBalancerDesired balancer, ListenerDesired listener) {
      if (listener.port() < 1 || listener.port() > 65535) {
        problems.add(
            "Listener %s: port %d is not from 1 to 65535"
                .formatted(listener.listenerArn(), listener.port()));
        return;
      }
      Listener added =
          new Listener(
              listener.port(),
              listener.listenerArn(),
              balancer.loadBalancerName(),
              listener.targetGroupArn());
      Listener taken = listeners.putIfAbsent(listener.port(), added);
      if (taken != null) {
        problems.add(
            "Listener %s: port %d belongs to load balancer %s"
                .formatted(listener.listenerArn(), listener.port(), taken.loadBalancer()));
      }
    }

    private void group(TargetGroupDesired desired) {
      String arn = desired.targetGroupArn();
      if (groups.containsKey(arn)) {
        return;
      }
      groups.put(
          arn,
          new TargetGroup(
              arn,
              desired.targetGroupName(),
              healthCheck(desired),
              Duration.ofSeconds(Math.max(0, desired.deregistrationDelaySeconds()))));
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
      targets.put(key, new WantedTarget(Target.byHand(key, manual.host(), manual.port()), false));
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
              new Target(key, desired.host(), desired.port(), desired.cluster(), desired.taskId()),
              desired.state() == TargetDesiredState.DRAINING));
    }

    private HealthCheck healthCheck(TargetGroupDesired group) {
      TargetGroupHealthCheck desired = group.healthCheck();
      if (desired == null) {
        return HealthCheck.DEFAULT;
      }
      try {
        return new HealthCheck(
            desired.enabled(),
            kind(desired.protocol()),
            port(desired.port()),
            path(desired.path()),
            seconds(desired.intervalSeconds(), HealthCheck.DEFAULT.interval()),
            seconds(desired.timeoutSeconds(), HealthCheck.DEFAULT.timeout()),
            positive(desired.healthyThreshold(), HealthCheck.DEFAULT.healthyThreshold()),
            positive(desired.unhealthyThreshold(), HealthCheck.DEFAULT.unhealthyThreshold()),
            StatusCodeMatcher.parse(desired.matcher()));
      } catch (IllegalArgumentException e) {
        problems.add(
            "Health check of %s: %s; ELB's defaults hold instead"
                .formatted(group.targetGroupArn(), e.getMessage()));
        return HealthCheck.DEFAULT;
      }
    }

    private static HealthCheck.Kind kind(String protocol) {
      if (protocol == null || protocol.isBlank()) {
        return HealthCheck.Kind.HTTP;
      }
      return HealthCheck.Kind.valueOf(protocol.strip().toUpperCase(Locale.ROOT));
    }

    private static int port(String port) {
      if (port == null || port.isBlank() || port.equals("traffic-port")) {
        return 0;
      }
      int number = Integer.parseInt(port.strip());
      if (number < 1 || number > 65535) {
        throw new IllegalArgumentException("port " + number + " is not from 1 to 65535");
      }
      return number;
    }

    private static String path(String path) {
      return path == null || path.isEmpty() ? HealthCheck.DEFAULT.path() : path;
    }

    private static Duration seconds(double seconds, Duration absent) {
      // A record without the member reads as 0.
      return seconds == 0 ? absent : Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static int positive(int count, int absent) {
      return count == 0 ? absent : count;
    }
  }
}
