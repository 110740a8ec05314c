package dev.berth.lb.application;

import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.ListenerState;
import dev.berth.contracts.loadbalancer.ListenerStatus;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells of each load balancer whether its listeners take connections: a port may belong to somebody
 * else on this machine, which nobody but us sees. For use by one thread.
 */
public final class ListenerWatch {
  private final Supplier<Balancer.Summary> balancer;
  private final OpenPorts ports;
  private final LoadBalancerReports reports;
  private final InstantSource clock;
  private final Map<String, Told> told = new HashMap<>();

  private record Told(List<ListenerStatus> listeners, Instant since) {}

  /**
   * @param balancer says which load balancers there are
   */
  public ListenerWatch(
      Supplier<Balancer.Summary> balancer,
      OpenPorts ports,
      LoadBalancerReports reports,
      InstantSource clock) {
    this.balancer = balancer;
    this.ports = ports;
    this.reports = reports;
    this.clock = clock;
  }

  /** Tells what has changed since it was told. */
  public void look() {
    tell(false);
  }

  /** Tells everything again. */
  public void tellAgain() {
    tell(true);
  }

  private void tell(boolean again) {
    Map<String, String> failures = ports.portFailures();
    Set<String> gone = new HashSet<>(told.keySet());
    for (Balancer.Present present : balancer.get().balancers()) {
      LoadBalancerDesired desired = present.desired();
      String arn = desired.loadBalancerArn();
      gone.remove(arn);
      List<ListenerStatus> now =
          desired.listeners().stream()
              .map(listener -> status(listener, present.refused(), failures))
              .toList();
      Told before = told.get(arn);
      boolean changed = before == null || !before.listeners().equals(now);
      if (changed) {
        told.put(arn, new Told(now, clock.instant()));
      }
      if (changed || again) {
        reports.report(desired, now, told.get(arn).since());
      }
    }
    for (String arn : gone) {
      told.remove(arn);
      reports.forget(arn);
    }
  }

  private ListenerStatus status(
      ListenerDesired listener, Map<String, String> refused, Map<String, String> failures) {
    String port = Integer.toString(listener.port());
    String failure = refused.get(listener.listenerArn());
    if (failure == null && !"UDP".equals(listener.protocol())) {
      failure = failures.get(port);
    }
    if (failure == null && listener.protocol() != null && listener.protocol().endsWith("UDP")) {
      failure = failures.get(port + "/udp");
    }
    ListenerState state =
        failure != null
            ? ListenerState.FAILED
            : ports.isOpen(listener.port()) ? ListenerState.OPEN : ListenerState.OPENING;
    return new ListenerStatus(listener.listenerArn(), listener.port(), state, failure);
  }
}
