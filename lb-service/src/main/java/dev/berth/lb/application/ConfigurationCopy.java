package dev.berth.lb.application;

import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetDesired;
import java.util.Collection;

/**
 * Keeps what was last read from the log on this machine, so that an instance that starts while the
 * log is away serves what it served before. No call blocks.
 */
public interface ConfigurationCopy {
  /** Keeps these instead of what was kept before; only the newest matters. */
  void save(Collection<LoadBalancerDesired> loadBalancers, Collection<TargetDesired> targets);

  /** A copy that keeps nothing. */
  ConfigurationCopy NONE = (loadBalancers, targets) -> {};
}
