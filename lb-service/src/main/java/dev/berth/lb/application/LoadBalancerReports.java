package dev.berth.lb.application;

import dev.berth.contracts.loadbalancer.ListenerStatus;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import java.time.Instant;
import java.util.List;

/**
 * Tells the log how load balancers are served. Only the newest status of each matters: older ones
 * that couldn't be told yet may be left out. No call blocks.
 */
public interface LoadBalancerReports {
  void report(LoadBalancerDesired balancer, List<ListenerStatus> listeners, Instant changedAt);

  /** The load balancer is gone, and its status with it. */
  void forget(String loadBalancerArn);
}
